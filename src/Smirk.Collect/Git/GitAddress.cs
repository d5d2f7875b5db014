namespace Smirk.Collect.Git;

/// <summary>Where a repository is.</summary>
/// <param name="Text">As the person gave it.</param>
/// <param name="Protocol">"https", "http", "ssh", "git" or "file".</param>
/// <param name="Host">The host to reach; null for a local one.</param>
public sealed record GitAddress(string Text, string Protocol, string? Host)
{
    private static readonly string[] Forges = ["github.com", "gitlab.com", "codeberg.org", "bitbucket.org", "git.sr.ht"];

    /// <summary>Reads an address, or the path of a .bundle file or bare repository; null when <paramref name="text"/> is none of
    /// these.</summary>
    public static GitAddress? Parse(string text)
    {
        if (File.Exists(text))
            return text.EndsWith(".bundle") ? new GitAddress(Path.GetFullPath(text), "file", null) : null;
        if (Directory.Exists(text))
            return IsBare(text) ? new GitAddress(Path.GetFullPath(text), "file", null) : null;
        if (text.StartsWith("git@") && text.IndexOf(':') is > 4 and var colon && !text.Contains("://"))
            return new GitAddress($"ssh://git@{text[4..colon]}/{text[(colon + 1)..]}", "ssh", text[4..colon]);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
            return null;
        if (uri.Scheme is "ssh" or "git")
            return new GitAddress(text, uri.Scheme, uri.Host);
        if (uri.Scheme is not ("https" or "http"))
            return null;
        var parts = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return uri.AbsolutePath.EndsWith(".git") || (Forges.Contains(uri.Host) && parts.Length == 2)
            ? new GitAddress(text, uri.Scheme, uri.Host) : null;
    }

    /// <summary>Whether the file begins as a bundle does, whatever it is called.</summary>
    public bool IsBundle => Host is null && File.Exists(Text);

    private static bool IsBare(string folder) =>
        File.Exists(Path.Combine(folder, "HEAD")) && Directory.Exists(Path.Combine(folder, "objects"))
            && Directory.Exists(Path.Combine(folder, "refs"));
}
