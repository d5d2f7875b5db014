namespace Smirk.Collect.Web;

/// <summary>One request's way through the gates: it holds a place at one host at a time, so that two hosts that redirect to each other
/// never wait for one another.</summary>
internal sealed class HostVisit : IDisposable
{
    private HostGate? _gate;
    private bool _isInside;

    /// <summary>The gate that was entered last.</summary>
    /// <exception cref="InvalidOperationException">None yet.</exception>
    public HostGate Gate => _gate ?? throw new InvalidOperationException("no host was visited");

    /// <summary>Gives its place back and waits for one at <paramref name="gate"/>, which may be the same: each request counts for a host's
    /// pace.</summary>
    public async Task EnterAsync(HostGate gate, CancellationToken cancel)
    {
        Leave();
        _gate = gate;
        await gate.EnterAsync(cancel);
        _isInside = true;
    }

    /// <summary>Gives the place back.</summary>
    public void Leave()
    {
        if (_isInside)
            _gate!.Leave();
        _isInside = false;
    }

    /// <inheritdoc/>
    public void Dispose() => Leave();
}
