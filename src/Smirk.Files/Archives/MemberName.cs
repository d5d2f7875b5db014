namespace Smirk.Files.Archives;

/// <summary>Judges the names that archives give their members. Nothing is ever unpacked under such a name, but a name that tries to climb
/// out says enough.</summary>
internal static class MemberName
{
    /// <summary>Why a member of that name isn't taken; null when the name is harmless.</summary>
    public static ArchiveRefusal? Refusal(string name)
    {
        var plain = name.Replace('\\', '/');
        if (plain.StartsWith('/') || (plain.Length >= 2 && plain[1] == ':' && char.IsAsciiLetter(plain[0])))
            return new ArchiveRefusal(ArchiveFault.UnsafeName, "unsafe name: it begins at the root of the disk");
        if (plain.Split('/').Contains(".."))
            return new ArchiveRefusal(ArchiveFault.UnsafeName, "unsafe name: it climbs out of the archive with '..'");
        if (name.Length is 0 or > 1024)
            return new ArchiveRefusal(ArchiveFault.UnsafeName, $"unsafe name: {name.Length} characters");
        return name.Any(char.IsControl) ? new ArchiveRefusal(ArchiveFault.UnsafeName, "unsafe name: it holds control characters") : null;
    }

    /// <summary>The name fit to be shown and stored.</summary>
    public static string Clean(string name)
    {
        var shown = string.Concat(name.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c));
        return shown.Length > 256 ? shown[..256] + "…" : shown;
    }
}
