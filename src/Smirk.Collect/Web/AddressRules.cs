using System.Net;
using System.Net.Sockets;

namespace Smirk.Collect.Web;

/// <summary>Which IP addresses the outside may not send us to: this machine, its network, and everything that isn't the public internet.</summary>
/// <remarks>IANA's special-purpose registries (RFC 6890 and its successors). An IPv4 address inside an IPv6 one is judged as itself.</remarks>
public static class AddressRules
{
    private static readonly (IPNetwork Network, string Kind)[] Forbidden =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "this host"),
        (IPNetwork.Parse("10.0.0.0/8"), "private"),
        (IPNetwork.Parse("100.64.0.0/10"), "carrier-grade NAT"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local"),
        (IPNetwork.Parse("172.16.0.0/12"), "private"),
        (IPNetwork.Parse("192.0.0.0/24"), "reserved"),
        (IPNetwork.Parse("192.0.2.0/24"), "documentation"),
        (IPNetwork.Parse("192.88.99.0/24"), "6to4 relay"),
        (IPNetwork.Parse("192.168.0.0/16"), "private"),
        (IPNetwork.Parse("198.18.0.0/15"), "benchmarking"),
        (IPNetwork.Parse("198.51.100.0/24"), "documentation"),
        (IPNetwork.Parse("203.0.113.0/24"), "documentation"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved"),
        (IPNetwork.Parse("::/128"), "this host"),
        (IPNetwork.Parse("::1/128"), "loopback"),
        (IPNetwork.Parse("100::/64"), "discard"),
        (IPNetwork.Parse("2001::/23"), "reserved"), // Teredo (2001::/32) hides an IPv4 address, too
        (IPNetwork.Parse("2001:db8::/32"), "documentation"),
        (IPNetwork.Parse("3fff::/20"), "documentation"),
        (IPNetwork.Parse("5f00::/16"), "segment routing"),
        (IPNetwork.Parse("fc00::/7"), "private"),
        (IPNetwork.Parse("fe80::/10"), "link-local"),
        (IPNetwork.Parse("fec0::/10"), "site-local"),
        (IPNetwork.Parse("ff00::/8"), "multicast"),
    ];

    /// <summary>What kind of address it is when it may not be connected to, such as "loopback"; null when it may.</summary>
    public static string? WhyForbidden(IPAddress address)
    {
        if (InnerAddress(address) is { } inner)
            return WhyForbidden(inner);
        foreach (var (network, kind) in Forbidden)
        {
            if (network.Contains(address))
                return kind;
        }

        return null;
    }

    // ::ffff:a.b.c.d (mapped), ::a.b.c.d (compatible), ::ffff:0:a.b.c.d (translated), 64:ff9b::a.b.c.d and 64:ff9b:1:…:a.b.c.d (NAT64), 2002:ab:cd:: (6to4).
    private static IPAddress? InnerAddress(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return null;
        var b = address.GetAddressBytes();
        if (b[0] == 0x20 && b[1] == 0x02)
            return new IPAddress(b.AsSpan(2, 4));
        if (b[0] == 0 && b[1] == 0x64 && b[2] == 0xFF && b[3] == 0x9B)
            return new IPAddress(b.AsSpan(12, 4));
        var zeros = b.AsSpan(0, 8).IndexOfAnyExcept((byte)0) < 0;
        var kind = (b[8] << 24) | (b[9] << 16) | (b[10] << 8) | b[11];
        var embeds = zeros && kind is 0 or 0xFFFF or unchecked((int)0xFFFF0000);
        var isHostOrNone = kind == 0 && b[12] == 0 && b[13] == 0 && b[14] == 0 && b[15] <= 1;
        return embeds && !isHostOrNone ? new IPAddress(b.AsSpan(12, 4)) : null;
    }
}
