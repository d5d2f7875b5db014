using System.Collections;
using System.Runtime.InteropServices;
using Smirk.Workspace.Errors;

namespace Smirk.Files.Posix;

/// <summary>Goes on as another program, in the same process: with the same terminal, and the same number for whoever sends
/// signals.</summary>
public static class OtherProgram
{
    /// <summary>Never returns where it works: nothing of this program is left.</summary>
    /// <param name="path">The program's file.</param>
    /// <param name="variables">Variables of the environment to set besides.</param>
    /// <exception cref="MissingDependencyException">It can't be started.</exception>
    public static void Become(string path, params IReadOnlyList<(string Name, string Value)> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var set = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            set[(string)variable.Key] = (string?)variable.Value ?? "";
        foreach (var (name, value) in variables)
            set[name] = value;
        NativeMethods.Execute(path, [path, null], [.. set.Select(v => $"{v.Key}={v.Value}"), null]);
        throw new MissingDependencyException($"{path} can't be started: {Marshal.GetLastPInvokeErrorMessage()}. Install Smirk again.");
    }
}
