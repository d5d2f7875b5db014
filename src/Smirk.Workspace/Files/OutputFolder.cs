namespace Smirk.Workspace.Files;

/// <summary>A folder that Smirk fills with pictures of its own making or with copies: samples, crops, a quarantine. A mark in it keeps a
/// later import of a folder above from taking them for sources.</summary>
public static class OutputFolder
{
    /// <summary>The mark's file name.</summary>
    public const string Mark = ".smirk-output";

    private const string Text =
        "Smirk wrote this folder, and leaves it out when it goes through a folder above it. Delete this file to have it looked at.\n";

    /// <summary>Makes the folder where it is missing. It is marked if nothing was in it: a folder with files of the person's own must not
    /// be left out.</summary>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be made.</exception>
    public static void Make(string folder)
    {
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any())
            return;
        try
        {
            File.WriteAllText(Path.Combine(folder, Mark), Text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What is then written there fails as well, and says so better.
        }
    }
}
