using FsCheck;
using FsCheck.Fluent;
using Smirk.Files.Posix;
using Smirk.Files.Walk;

namespace Smirk.Files.Tests.Walk;

public sealed class FilesFirstTests
{
    private static readonly string[] Parts = ["a", "b", "a.jpg", "a-", "ab", "é", "\U0001F600", "\uFFEE"];

    [Fact]
    public void Order_lists_the_files_of_a_folder_before_those_of_the_folders_below_it()
    {
        var paths = Gen.Elements(Parts).NonEmptyListOf().Select(parts => "r/" + string.Join('/', parts.Take(4)) + ".f").ListOf();
        Prop.ForAll(paths.ToArbitrary(), list =>
        {
            var distinct = list.Distinct().ToList();
            var sorted = distinct.Select(RawPath.FromText).Order(FilesFirst.Order).Select(p => p.ToText());
            return sorted.SequenceEqual(Listed(distinct.ConvertAll(p => p.Split('/')), 0));
        }).QuickCheckThrowOnFailure();
    }

    // What a person does: the files by name, then folder after folder.
    private static IEnumerable<string> Listed(List<string[]> paths, int depth)
    {
        var byName = Comparer<string>.Create((x, y) => RawPath.FromText(x).CompareTo(RawPath.FromText(y)));
        var files = paths.Where(p => p.Length == depth + 1).OrderBy(p => p[depth], byName).Select(p => string.Join('/', p));
        var below = paths.Where(p => p.Length > depth + 1).GroupBy(p => p[depth]).OrderBy(g => g.Key, byName)
            .SelectMany(g => Listed([.. g], depth + 1));
        return files.Concat(below);
    }
}
