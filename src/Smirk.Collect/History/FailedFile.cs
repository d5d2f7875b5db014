using System.Text;
using Smirk.Workspace;
using Smirk.Workspace.Files;

namespace Smirk.Collect.History;

/// <summary>collect-failed.tsv: the addresses of the last run that brought nothing, with the reason.</summary>
public static class FailedFile
{
    /// <summary>The file's name in the workspace.</summary>
    public const string Name = "collect-failed.tsv";

    /// <summary>Writes the list and returns its path; where there is nothing to list, removes that of an earlier run and returns
    /// null.</summary>
    public static string? Write(SmirkWorkspace workspace, IReadOnlyList<Unfetched> unfetched)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(unfetched);
        var path = Path.Combine(workspace.Folder, Name);
        if (unfetched.Count == 0)
        {
            File.Delete(path);
            return null;
        }

        var text = new StringBuilder("kind\taddress\treason\n");
        foreach (var miss in unfetched.OrderBy(u => u.Kind, StringComparer.Ordinal).ThenBy(u => u.Address, StringComparer.Ordinal))
            text.Append(Field(miss.Kind)).Append('\t').Append(Field(miss.Address)).Append('\t').Append(Field(miss.Reason)).Append('\n');
        AtomicFile.Write(path, text.ToString());
        return path;
    }

    private static string Field(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
