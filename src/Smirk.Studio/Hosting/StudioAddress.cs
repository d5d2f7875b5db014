namespace Smirk.Studio.Hosting;

/// <summary>Where the studio is reached. The port is known once it listens; until then nothing is answered.</summary>
internal sealed class StudioAddress
{
    /// <summary>"127.0.0.1:40001", as browsers send it in Host; empty until the studio listens.</summary>
    public string Host { get; private set; } = "";

    /// <summary>The port; 0 until the studio listens.</summary>
    public int Port { get; private set; }

    /// <summary>"http://127.0.0.1:40001", as browsers send it in Origin.</summary>
    public string Origin => $"http://{Host}";

    /// <summary>Called once, when the studio listens.</summary>
    /// <param name="listening">The address as the server tells it.</param>
    public void Set(string listening)
    {
        var address = new Uri(listening);
        (Port, Host) = (address.Port, address.Authority);
    }
}
