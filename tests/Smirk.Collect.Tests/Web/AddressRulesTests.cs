using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Smirk.Collect.Web;

namespace Smirk.Collect.Tests.Web;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("127.255.255.254", "loopback")]
    [InlineData("0.0.0.0", "this host")]
    [InlineData("10.1.2.3", "private")]
    [InlineData("172.31.255.255", "private")]
    [InlineData("192.168.0.1", "private")]
    [InlineData("169.254.169.254", "link-local")]
    [InlineData("100.64.0.1", "carrier-grade NAT")]
    [InlineData("224.0.0.251", "multicast")]
    [InlineData("255.255.255.255", "reserved")]
    [InlineData("::1", "loopback")]
    [InlineData("::", "this host")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("fd00::1", "private")]
    [InlineData("ff02::1", "multicast")]
    [InlineData("::ffff:127.0.0.1", "loopback")]
    [InlineData("::ffff:0:10.0.0.1", "private")]
    [InlineData("::7f00:1", "loopback")]
    [InlineData("64:ff9b::a9fe:a9fe", "link-local")]
    [InlineData("64:ff9b:1::c0a8:1", "private")]
    [InlineData("64:ff9b:1:c0a8:0:100:808:808", "private")]
    [InlineData("64:ff9b:1:7f:0:1:0:808", "loopback")]
    [InlineData("64:ff9b:1:808:a:0:100:808", "private")]
    [InlineData("64:ff9b:1::", "this host")]
    [InlineData("64:ff9b::", "this host")]
    [InlineData("2002:7f00:1::", "loopback")]
    [InlineData("2001:0:1::1", "reserved")]
    [InlineData("2001:db8::1", "documentation")]
    [InlineData("8.8.8.8", null)]
    [InlineData("172.32.0.1", null)]
    [InlineData("100.128.0.1", null)]
    [InlineData("2606:4700::1111", null)]
    [InlineData("::ffff:8.8.8.8", null)]
    [InlineData("64:ff9b::808:808", null)]
    [InlineData("64:ff9b:1::808:808", null)]
    [InlineData("64:ff9b:1:808:8:800::", null)]
    [InlineData("64:ff9b:2::c0a8:1", "private")]
    public void Addresses_are_judged(string address, string? kind) =>
        Assert.Equal(kind, AddressRules.WhyForbidden(IPAddress.Parse(address)));

    [Fact]
    public void An_IPv4_address_is_judged_the_same_in_every_disguise() => Prop.ForAll<uint>(bits =>
    {
        var inner = new IPAddress([(byte)(bits >> 24), (byte)(bits >> 16), (byte)(bits >> 8), (byte)bits]);
        var plain = AddressRules.WhyForbidden(inner) is null;
        return plain == (AddressRules.WhyForbidden(inner.MapToIPv6()) is null)
            && plain == (AddressRules.WhyForbidden(IPAddress.Parse($"64:ff9b::{inner}")) is null)
            && plain == (AddressRules.WhyForbidden(IPAddress.Parse($"2002:{bits >> 16:x}:{bits & 0xFFFF:x}::1")) is null);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_forbidden_address_is_found_behind_a_prefix_of_any_length_whatever_surrounds_it() =>
        Prop.ForAll<int, byte, byte>((seed, third, fourth) =>
    {
        var noise = new Random(seed);
        byte[][] starts = [[10, third], [127, 0], [169, 254], [172, 16], [192, 168], [224, 0]];
        byte[] inner = [.. starts[noise.Next(starts.Length)], third, fourth];
        return new[] { 48, 56, 64, 96 }.All(length => AddressRules.WhyForbidden(Embedded(inner, length, noise)) is not null);
    }).QuickCheckThrowOnFailure();

    // RFC 6052, 2.2: the prefix, the IPv4 address without byte 8, and then what nobody reads: here a public address, to mislead.
    private static IPAddress Embedded(byte[] inner, int prefix, Random noise)
    {
        var address = new byte[16];
        noise.NextBytes(address);
        (address[0], address[1], address[2], address[3], address[4], address[5], address[8]) = (0, 0x64, 0xFF, 0x9B, 0, 1, 0);
        address.AsSpan(12).Fill(8);
        var at = prefix / 8;
        foreach (var part in inner)
        {
            at += at == 8 ? 1 : 0;
            address[at++] = part;
        }

        return new IPAddress(address);
    }
}
