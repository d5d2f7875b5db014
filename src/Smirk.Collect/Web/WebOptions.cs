namespace Smirk.Collect.Web;

/// <summary>How strangers' servers are spoken to.</summary>
public sealed record WebOptions
{
    /// <summary>Which hosts' requests go elsewhere.</summary>
    public HostMap Map { get; init; } = HostMap.None;

    /// <summary>Whether addresses of this machine and its network may be asked. For home servers; redirects may then lead there,
    /// too.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>What the program calls itself.</summary>
    public string UserAgent { get; init; } =
        $"smirk/{typeof(WebOptions).Assembly.GetName().Version?.ToString(3)} (+https://github.com/smirk-gan/smirk)";

    /// <summary>Redirects followed for one request. Curl allows 50, browsers 20; picture hosts need 2.</summary>
    public int MostRedirects { get; init; } = 8;

    /// <summary>Requests at once to one host.</summary>
    public int MostPerHost { get; init; } = 4;

    /// <summary>Requests a second to one host; 0 for no limit.</summary>
    public double RequestsPerSecond { get; init; } = 5;

    /// <summary>Time to connect, TLS included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time until an answer's headers are there.</summary>
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest silence within a body.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes a second that a body has to reach on the average of each <see cref="IdleTimeout"/>; a server that drips holds a place
    /// that others need.</summary>
    public long SlowestBytesPerSecond { get; init; } = 512;

    /// <summary>Attempts at one request in one run, the first included.</summary>
    public int MostAttempts { get; init; } = 5;

    /// <summary>The first wait after a failed attempt; it doubles each time, with jitter of half of it.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait that a server may ask for (Retry-After, rate limit resets); longer ones fail, to be tried in a later
    /// run.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes of one picture.</summary>
    public long LargestPicture { get; init; } = 50_000_000;

    /// <summary>Bytes of a page, list or API answer, after decompression.</summary>
    public long LargestText { get; init; } = 32 << 20;

    /// <summary>Whether robots "noai" and "noimageai" are disregarded. Off: who asks to be left alone is.</summary>
    public bool IgnoreNoAi { get; init; }
}
