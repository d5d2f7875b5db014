using System.Net;
using System.Net.Sockets;

namespace Smirk.Collect.Web;

/// <summary>Which IP addresses the outside may not send us to: this machine, its network, and everything that isn't the public
/// internet.</summary>
/// <remarks>IANA's special-purpose registries (RFC 6890 and its successors). An IPv4 address inside an IPv6 one is judged as
/// itself.</remarks>
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

    private static readonly IPNetwork NetworkTranslation = IPNetwork.Parse("64:ff9b::/32");

    // RFC 6052, 2.2: which bytes hold the IPv4 address behind prefixes of 48, 56, 64 and 96 bits; byte 8 is always left out.
    // Prefixes of 32 and 40 bits are shorter than the /48 itself.
    private static readonly int[][] EmbeddedAt = [[6, 7, 9, 10], [7, 9, 10, 11], [9, 10, 11, 12], [12, 13, 14, 15]];

    /// <summary>What kind of address it is when it may not be connected to, such as "loopback"; null when it may.</summary>
    public static string? WhyForbidden(IPAddress address)
    {
        if (IsTranslated(address))
            return WhyForbiddenTranslated(address.GetAddressBytes());
        if (InnerAddress(address) is { } inner)
            return WhyForbidden(inner);
        foreach (var (network, kind) in Forbidden)
        {
            if (network.Contains(address))
                return kind;
        }

        return null;
    }

    // NAT64's own prefixes: 64:ff9b::/96 for everybody (RFC 6052), 64:ff9b:1::/48 for each network to cut as it likes (RFC 8215).
    private static bool IsTranslated(IPAddress address) => NetworkTranslation.Contains(address);

    // Where the IPv4 address lies depends on how long the network's prefix is, which can't be known from here, and what lies around it can
    // be chosen by
    // whoever wants to mislead us. So every place counts. An address that begins with 0 leads nowhere: it stands where the prefix is filled
    // up.
    private static string? WhyForbiddenTranslated(byte[] address)
    {
        var leadsSomewhere = false;
        foreach (var places in EmbeddedAt)
        {
            var inner = new IPAddress([address[places[0]], address[places[1]], address[places[2]], address[places[3]]]);
            if (address[places[0]] == 0)
                continue;
            leadsSomewhere = true;
            if (WhyForbidden(inner) is { } kind)
                return kind;
        }

        return leadsSomewhere ? null : "this host";
    }

    // ::ffff:a.b.c.d (mapped), ::a.b.c.d (compatible), ::ffff:0:a.b.c.d (translated), 2002:ab:cd:: (6to4).
    private static IPAddress? InnerAddress(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return null;
        var b = address.GetAddressBytes();
        if (b[0] == 0x20 && b[1] == 0x02)
            return new IPAddress(b.AsSpan(2, 4));
        var zeros = b.AsSpan(0, 8).IndexOfAnyExcept((byte)0) < 0;
        var kind = (b[8] << 24) | (b[9] << 16) | (b[10] << 8) | b[11];
        var embeds = zeros && kind is 0 or 0xFFFF or unchecked((int)0xFFFF0000);
        var isHostOrNone = kind == 0 && b[12] == 0 && b[13] == 0 && b[14] == 0 && b[15] <= 1;
        return embeds && !isHostOrNone ? new IPAddress(b.AsSpan(12, 4)) : null;
    }
}
