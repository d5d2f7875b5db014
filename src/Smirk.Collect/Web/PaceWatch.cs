using System.Diagnostics;

namespace Smirk.Collect.Web;

/// <summary>Reads a body and gives up on silence and on dripping.</summary>
internal sealed class PaceWatch(WebOptions options, CancellationToken cancel) : IDisposable
{
    private CancellationTokenSource _silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    private long _windowStart = Stopwatch.GetTimestamp();
    private long _windowBytes;

    /// <summary>Reads some bytes; 0 at the end.</summary>
    /// <exception cref="TimeoutException">Nothing came for too long, or too little.</exception>
    public async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer)
    {
        if (!_silence.TryReset())
            _silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _silence.CancelAfter(options.IdleTimeout);
        int count;
        try
        {
            count = await body.ReadAsync(buffer, _silence.Token);
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came for {options.IdleTimeout.TotalSeconds:0.#} s", error);
        }

        _windowBytes += count;
        var elapsed = Stopwatch.GetElapsedTime(_windowStart);
        if (elapsed >= options.IdleTimeout)
        {
            if (count > 0 && _windowBytes < options.SlowestBytesPerSecond * elapsed.TotalSeconds)
                throw new TimeoutException($"came at less than {options.SlowestBytesPerSecond} bytes a second");
            (_windowStart, _windowBytes) = (Stopwatch.GetTimestamp(), 0);
        }

        return count;
    }

    public void Dispose() => _silence.Dispose();
}
