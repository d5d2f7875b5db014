using Smirk.Workspace.Errors;

namespace Smirk.Collect.Web;

/// <summary>Where requests meant for a host really go: --map HOST=BASEURL, for mirrors and tests.</summary>
public sealed class HostMap
{
    private readonly Dictionary<string, Uri> _bases = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>No host goes elsewhere.</summary>
    public static HostMap None { get; } = new([]);

    /// <summary>Reads entries such as "i.redd.it=http://127.0.0.1:8080/i.redd.it/".</summary>
    /// <exception cref="UsageException">An entry isn't HOST=BASEURL with an http(s) address.</exception>
    public HostMap(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            var equals = entry.IndexOf('=');
            var host = equals < 0 ? "" : entry[..equals].Trim();
            if (host.Length == 0 || host.Contains('/') || !Uri.TryCreate(entry[(equals + 1)..].Trim(), UriKind.Absolute, out var target)
                || target.Scheme is not ("http" or "https"))
                throw new UsageException($"--map '{entry}' isn't HOST=BASEURL, such as --map i.redd.it=http://127.0.0.1:8080/pictures/.");
            _bases[host] = target.AbsoluteUri.EndsWith('/') ? target : new Uri(target.AbsoluteUri + "/");
        }
    }

    /// <summary>Where a request for <paramref name="address"/> goes, and whether the map says so.</summary>
    public (Uri Address, bool Mapped) Apply(Uri address) =>
        _bases.TryGetValue(address.Host, out var target) || _bases.TryGetValue(address.Authority, out target)
            ? (new Uri(target.AbsoluteUri + address.PathAndQuery.TrimStart('/')), true)
            : (address, false);

    /// <summary>Where an answer of <paramref name="asked"/> sends us with <paramref name="location"/>, in the addresses that people
    /// know.</summary>
    public Uri Redirect(Uri asked, Uri location)
    {
        if (!location.IsAbsoluteUri)
            return new Uri(asked, location);
        if (!_bases.TryGetValue(asked.Host, out var target)
            || !location.AbsoluteUri.StartsWith(target.AbsoluteUri, StringComparison.Ordinal))
            return location;

        // A mirror that names itself in its redirects means the host that it mirrors.
        return new Uri(asked, "/" + location.AbsoluteUri[target.AbsoluteUri.Length..]);
    }
}
