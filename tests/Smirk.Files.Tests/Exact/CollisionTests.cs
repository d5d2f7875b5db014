using System.Security.Cryptography;
using Smirk.Files.Exact.Compare;

namespace Smirk.Files.Tests.Exact;

/// <summary>Files that every hash-trusting finder takes for the same.</summary>
public sealed class CollisionTests
{
    // Wang and Yu 2004: one block pair with one MD5.
    private const string Md5One =
        "d131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f8955ad340609f4b30283e488832571415a085125e8f7cdc99fd91dbdf280373c5b"
            + "d8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6f"
            + "f72a70";
    private const string Md5Other =
        "d131dd02c5e6eec4693d9a0698aff95c2fcab50712467eab4004583eb8fb7f8955ad340609f4b30283e4888325f1415a085125e8f7cdc99fd91dbd7280373c5b"
            + "d8823e3156348f5bae6dacd436c919c6dd53e23487da03fd02396306d248cda0e99f33420f577ee8ce54b67080280d1ec69821bcb6a8839396f965ab6f"
            + "f72a70";

    // Stevens et al. 2017 (SHAttered): the first 320 bytes of the two documents.
    private const string Sha1Both =
        "255044462d312e330a25e2e3cfd30a0a0a312030206f626a0a3c3c2f57696474682032203020522f4865696768742033203020522f547970652034203020522f"
            + "537562747970652035203020522f46696c7465722036203020522f436f6c6f7253706163652037203020522f4c656e6774682038203020522f42697473"
            + "506572436f6d706f6e656e7420383e3e0a73747265616d0affd8fffe00245348412d3120697320646561642121212121852fec092339759c39b1a1c63c"
            + "4c97e1fffe01";
    private const string Sha1One =
        "7346dc9166b67e118f029ab621b2560ff9ca67cca8c7f85ba84c79030c2b3de218f86db3a90901d5df45c14f26fedfb3dc38e96ac22fe7bd728f0e45bce046d2"
            + "3c570feb141398bb552ef5a0a82be331fea48037b8b5d71f0e332edf93ac3500eb4ddc0decc1a864790c782c76215660dd309791d06bd0af3f98cda4bc"
            + "4629b1";
    private const string Sha1Other =
        "7f46dc93a6b67e013b029aaa1db2560b45ca67d688c7f84b8c4c791fe02b3df614f86db1690901c56b45c1530afedfb76038e972722fe7ad728f0e4904e046c2"
            + "30570fe9d41398abe12ef5bc942be33542a4802d98b5d70f2a332ec37fac3514e74ddc0f2cc1a874cd0c78305a21566461309789606bd0bf3f98cda804"
            + "4629a1";

    [Fact]
    public void Two_files_with_one_MD5_are_different()
    {
        var (one, other) = (Convert.FromHexString(Md5One), Convert.FromHexString(Md5Other));
        Assert.Equal(MD5.HashData(one), MD5.HashData(other));
        AreDifferent(one, other);
    }

    [Fact]
    public void Two_files_with_one_SHA1_are_different()
    {
        var (one, other) = (Convert.FromHexString(Sha1Both + Sha1One), Convert.FromHexString(Sha1Both + Sha1Other));
        Assert.Equal(SHA1.HashData(one), SHA1.HashData(other));
        AreDifferent(one, other);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(200_000)]
    public unsafe void Two_files_with_one_QuickHash_are_different(int before)
    {
        // A lane takes (state + word · B) through a reversible step: a second word can make up for another first one.
        var one = new byte[before + 4096];
        var other = new byte[before + 4096];
        const ulong A = 0x6A09E667F3BCC909, B = 0xBB67AE8584CAA73B;
        var inverse = B;
        for (var i = 0; i < 6; i++)
            inverse *= 2 - (B * inverse);
        ulong Step(ulong word) => ulong.RotateLeft((A ^ 4096) + (word * B), 31) * A;
        BitConverter.TryWriteBytes(other.AsSpan(before), 1UL);
        BitConverter.TryWriteBytes(other.AsSpan(before + 32), (Step(0) - Step(1)) * inverse);
        fixed (byte* a = one, b = other)
            Assert.Equal(QuickHash.Of(a + before, 4096), QuickHash.Of(b + before, 4096));
        AreDifferent(one, other);
    }

    private static void AreDifferent(byte[] one, byte[] other)
    {
        using var folder = new TemporaryFolder();
        folder.Write("one", one);
        folder.Write("other", other);
        folder.Write("copy", one);
        Assert.Equal("copy one", Search.In(folder.Path).Names(folder.Path));
    }
}
