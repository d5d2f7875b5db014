using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Smirk.Files.Tests.Exact;

/// <summary>The same groups as fdupes finds, on trees that nobody thought up.</summary>
public sealed class AgainstFdupesTests
{
    private static readonly string[] Folders = ["", "a", "a/b", ".hidden", "c d"];

    /// <summary>A file: where, which content, how long, and whether it is a hard link or a symbolic link to the one before.</summary>
    private sealed record Planted(int Folder, int Content, int Size, int Kind);

    [Fact]
    public void Groups_are_those_of_fdupes()
    {
        Assert.SkipUnless(Shell.Has("fdupes"), "fdupes isn't installed (apt install fdupes)");
        var file = from folder in Gen.Choose(0, Folders.Length - 1)
                   from content in Gen.Choose(0, 2)
                   from size in Gen.Elements(0, 1, 2, 4096, 4097, 70_000, 200_000)
                   from kind in Gen.Choose(0, 7)
                   select new Planted(folder, content, size, kind);
        var flags = Gen.SubListOf("-H", "-n", "-A", "-s", "-p");
        var trees = from files in Gen.ListOf(file, 25) from chosen in flags select (Files: files.ToArray(), Flags: chosen.ToArray());
        Prop.ForAll(trees.ToArbitrary(), tree => SameGroups(tree.Files, tree.Flags)).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    private static void SameGroups(Planted[] files, string[] flags)
    {
        using var folder = new TemporaryFolder();
        Plant(folder.Path, files);
        var expected = Sets(Shell.Run(folder.Path, $"fdupes -q -r {string.Join(' ', flags)} .").Split("\n\n")
            .Select(set => set.Split('\n')), folder.Path);
        var found = Search.In(folder.Path, o => o with
        {
            HardLinksAreDuplicates = flags.Contains("-H"),
            IncludeEmpty = !flags.Contains("-n"),
            SkipHidden = flags.Contains("-A"),
            FollowLinks = flags.Contains("-s"),
            SamePermissions = flags.Contains("-p"),
        });
        Assert.Empty(found.Refused);
        Assert.Equal(expected, Sets(found.Groups.Select(g => g.Files.Select(f => $".{f.Path.ToText()[folder.Path.Length..]}")),
            folder.Path));
    }

    // Which of a file's names is shown is each program's choice: compared are the inodes, as often as they are shown.
    private static string Sets(IEnumerable<IEnumerable<string>> sets, string folder)
    {
        var lines = sets.Select(set => set.Where(name => name.Length > 0).ToArray()).Where(set => set.Length > 0).ToArray();
        if (lines.Length == 0)
            return "";
        var names = string.Join('\n', lines.SelectMany(l => l).Distinct());
        File.WriteAllText(Path.Combine(Path.GetTempPath(), $"names-{Path.GetFileName(folder)}"), names + "\n");
        var inodes =
            Shell.Run(
                folder,
                $"while IFS= read -r name; do stat -L -c %i \"$name\"; done <{Path.GetTempPath()}/names-{Path.GetFileName(folder)}; rm "
                    + $"{Path.GetTempPath()}/names-{Path.GetFileName(folder)}").Split('\n');
        var inodeOf = names.Split('\n').Zip(inodes).ToDictionary(p => p.First, p => p.Second);
        return string.Join('\n', lines.Select(set => string.Join(' ', set.Select(name => inodeOf[name]).Order(StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal));
    }

    private static void Plant(string root, Planted[] files)
    {
        foreach (var folder in Folders)
            Directory.CreateDirectory(Path.Combine(root, folder));
        var script = new StringBuilder();
        string? last = null;
        for (var i = 0; i < files.Length; i++)
        {
            var path = Path.Combine(root, Folders[files[i].Folder], $"f{i}");
            if (files[i].Kind == 0 && last is not null)
                script.Append("ln '").Append(last).Append("' '").Append(path).Append("'\n");
            else if (files[i].Kind == 1 && last is not null)
                script.Append("ln -s '").Append(last).Append("' '").Append(path).Append("'\n");
            else
                File.WriteAllBytes(last = path, Content(files[i]));
            if (files[i].Kind == 2)
                script.Append("chmod 600 '").Append(path).Append("'\n");
        }

        Shell.Run(root, script.Append("true").ToString());
    }

    // The contents differ in the last byte only: the hardest to tell apart.
    private static byte[] Content(Planted file)
    {
        var bytes = new byte[file.Size];
        if (file.Size > 0)
            bytes[^1] = (byte)file.Content;
        return bytes;
    }
}
