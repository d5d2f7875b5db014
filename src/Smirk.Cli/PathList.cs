using System.Text;
using Smirk.Files.Posix;
using Smirk.Workspace.Errors;

namespace Smirk.Cli;

/// <summary>Paths as the person gave them, in bytes: .NET loses names that aren't UTF-8.</summary>
internal static class PathList
{
    /// <summary>The path that an argument of the command line names.</summary>
    /// <exception cref="UsageException">It is empty.</exception>
    public static RawPath OfArgument(string argument) => OfArguments([argument])[0];

    /// <summary>The paths that arguments of the command line name.</summary>
    /// <exception cref="UsageException">One is empty.</exception>
    public static IReadOnlyList<RawPath> OfArguments(IReadOnlyList<string> arguments)
    {
        if (arguments.Contains(""))
            throw new UsageException("A path is empty. Nothing was done.");
        // U+FFFD stands for bytes that weren't UTF-8: the kernel still has them. Two such names can look alike, so each is used once.
        var lost = arguments.Any(a => a.Contains('\uFFFD')) ? KernelArguments() : [];
        return [.. arguments.Select(argument =>
        {
            var at = lost.FindIndex(bytes => Encoding.UTF8.GetString(bytes) == argument);
            if (at < 0)
                return RawPath.FromText(argument);
            var path = new RawPath(lost[at]);
            lost.RemoveAt(at);
            return path;
        })];
    }

    /// <summary>The paths in a list: one a line, or each ended by a NUL byte. "-" reads stdin.</summary>
    /// <exception cref="UsageException">There is no such list.</exception>
    public static IReadOnlyList<RawPath> Read(string list, bool endedByNul)
    {
        if (list != "-" && !File.Exists(list))
            throw new UsageException($"There is no list {list}. Nothing was done.");
        using var bytes = new MemoryStream();
        using (var stream = list == "-" ? Console.OpenStandardInput() : File.OpenRead(list))
            stream.CopyTo(bytes);
        ReadOnlySpan<byte> all = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        if (all.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            all = all[3..];
        var windows = !endedByNul && HasWindowsLines(all);
        var paths = new List<RawPath>();
        foreach (var range in all.Split(endedByNul ? (byte)0 : (byte)'\n'))
        {
            var path = windows && all[range].EndsWith((byte)'\r') ? all[range][..^1] : all[range];
            if (!path.IsEmpty)
                paths.Add(path.Contains((byte)0) ? throw new UsageException($"{list} has NUL bytes; add -0. Nothing was done.")
                    : new RawPath(path));
        }

        return paths;
    }

    // A file's name may end in a carriage return; those of all files of a list don't.
    private static bool HasWindowsLines(ReadOnlySpan<byte> all)
    {
        foreach (var range in all.Split((byte)'\n'))
        {
            if (!all[range].IsEmpty && range.End.GetOffset(all.Length) < all.Length && all[range][^1] != '\r')
                return false;
        }

        return all.Contains((byte)'\n');
    }

    private static List<byte[]> KernelArguments()
    {
        const string Kernel = "/proc/self/cmdline";
        if (!File.Exists(Kernel))
            return [];
        var found = new List<byte[]>();
        ReadOnlySpan<byte> all = File.ReadAllBytes(Kernel);
        foreach (var range in all.Split((byte)0))
            found.Add(all[range].ToArray());
        return found;
    }
}
