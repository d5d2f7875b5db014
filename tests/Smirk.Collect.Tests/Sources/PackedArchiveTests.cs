using System.Diagnostics;
using Smirk.Collect.Tests.Played;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

namespace Smirk.Collect.Tests.Sources;

public sealed class PackedArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tar_packed_with_zstd_gives_its_members()
    {
        var archive = Pack("/usr/bin/tar", "--zstd", "-cf", _folder.File("pile.tar.zst"), "-C", Pile(), ".");
        Assert.Equal(["pile.tar.zst!./a.png", "pile.tar.zst!./b.png"], Collect(archive));
    }

    [Fact]
    public void A_7z_gives_its_members()
    {
        var archive = Pack("/usr/bin/bsdtar", "--format=7zip", "-cf", _folder.File("pile.7z"), "-C", Pile(), "a.png", "b.png");
        Assert.Equal(["pile.7z!a.png", "pile.7z!b.png"], Collect(archive));
    }

    [Fact]
    public void What_is_wrong_with_a_7z_is_told()
    {
        var archive = Pack("/usr/bin/bsdtar", "--format=7zip", "-cf", _folder.File("pile.7z"), "-C", Pile(), "a.png", "b.png");
        File.WriteAllBytes(archive, File.ReadAllBytes(archive)[..^500]);
        Assert.Contains("damaged", Assert.Throws<UnusableInputException>(() => Collect(archive)).Message);
    }

    [Fact]
    public void A_7z_may_not_climb_out_or_link()
    {
        var pile = Pile();
        File.CreateSymbolicLink(Path.Combine(pile, "link.png"), "/etc/passwd");
        var archive = Pack("/usr/bin/bsdtar", "--format=7zip", "-cf", _folder.File("pile.7z"), "-C", pile, "-s", ",^b,../b,", "a.png",
            "b.png", "link.png");
        Assert.Equal(["pile.7z!a.png"], Collect(archive));
        Assert.False(File.Exists(_folder.File("b.png")));
    }

    [Fact]
    public void A_bomb_in_a_7z_is_stopped()
    {
        File.WriteAllBytes(Path.Combine(Pile(), "zeros.png"), new byte[40_000_000]);
        var archive = Pack("/usr/bin/bsdtar", "--format=7zip", "-cf", _folder.File("pile.7z"), "-C", Pile(), "zeros.png");
        Assert.Contains("bomb", Assert.Throws<UnusableInputException>(() => Collect(archive)).Message);
    }

    [Fact]
    public void A_bomb_in_zstd_is_stopped()
    {
        File.WriteAllBytes(Path.Combine(Pile(), "zeros.png"), new byte[40_000_000]);
        var archive = Pack("/usr/bin/tar", "--zstd", "-cf", _folder.File("pile.tar.zst"), "-C", Pile(), "zeros.png");
        Assert.Contains("bomb", Assert.Throws<UnusableInputException>(() => Collect(archive)).Message);
    }

    private string[] Collect(string archive)
    {
        using var workspace = SmirkWorkspace.Open(Path.Combine(_folder.Path, "ws"));
        new CollectStage(workspace).Run(new CollectOptions { Sources = [archive] });
        return [.. workspace.Catalog.Files.All().Where(f => f.PictureId is not null).Select(f => f.Path).Order(StringComparer.Ordinal)];
    }

    private string Pile()
    {
        _folder.Write("pile/a.png", PlayedPictures.Of("a"));
        return Path.GetDirectoryName(_folder.Write("pile/b.png", PlayedPictures.Of("b")))!;
    }

    private static string Pack(string program, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(program) && File.Exists("/usr/bin/zstd"),
            $"Needs {program} and zstd: sudo apt-get install libarchive-tools zstd");
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return arguments.First(a => a.Contains("pile.", StringComparison.Ordinal));
    }
}
