using System.Runtime.InteropServices;

namespace Smirk.Cli;

/// <summary>What becomes of an exception that nobody foresaw: one line for the person, and the rest in a file that they can send.</summary>
internal static class Fault
{
    /// <summary>Where faults are written.</summary>
    public static string Folder => Path.Combine(UserFolders.State() ?? UserFolders.Cache(), "faults");

    /// <summary>Writes <paramref name="error"/> into a file of its own in <paramref name="folder"/> and returns the line that says
    /// so.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="folder">Made where it isn't there. If it can't be written, the line is followed by the details.</param>
    public static string Report(Exception error, IReadOnlyList<string> arguments, string folder)
    {
        var line = $"This is a fault of Smirk, not of yours ({error.GetType().Name}: {error.Message.Split('\n')[0].Trim()}).";
        var details = $"""
            smirk {string.Join(' ', arguments)}
            Smirk {typeof(Fault).Assembly.GetName().Version}, {RuntimeInformation.FrameworkDescription}
            {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}

            {error}

            """;
        try
        {
            Directory.CreateDirectory(folder);
            var path = Path.Combine(folder, $"{TimeProvider.System.GetLocalNow():yyyyMMdd-HHmmss}-{Environment.ProcessId}.txt");
            File.WriteAllText(path, details);
            return $"{line} Nothing more was done. The details are in {path}";
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            return $"{line} Nothing more was done. The details:\n{details}";
        }
    }
}
