using System.Text;
using Smirk.Files.Posix;
using Smirk.Workspace;
using Smirk.Workspace.Files;

namespace Smirk.Files.Walk;

/// <summary>Tells folders that Smirk made from those of the person: what is in them came from there, or was generated.</summary>
internal static unsafe class OwnFolders
{
    private static readonly byte[] Catalog = Encoding.UTF8.GetBytes(WorkspaceFiles.Catalog + "\0");
    private static readonly byte[] Mark = Encoding.UTF8.GetBytes(OutputFolder.Mark + "\0");

    /// <summary>Why the open folder is left out; null for a folder of the person's.</summary>
    public static string? WhyLeftOut(int folder)
    {
        if (Has(folder, Catalog))
            return "is a Smirk workspace; it was left out";
        return Has(folder, Mark) ? "was written by Smirk; it was left out. Name it to have it looked at" : null;
    }

    /// <summary>Whether the file name is that of the mark, which is none of the folder's files.</summary>
    public static bool IsMark(ReadOnlySpan<byte> name) => name.SequenceEqual(Mark.AsSpan(0, Mark.Length - 1));

    private static bool Has(int folder, byte[] name)
    {
        fixed (byte* start = name)
            return FileCalls.StatusAt(folder, start, AtFlags.SymlinkNoFollow, out var status) == 0 && status.IsRegular;
    }
}
