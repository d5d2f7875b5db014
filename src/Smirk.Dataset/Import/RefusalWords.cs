using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Import;

/// <summary>What import itself refuses; decoders and archives have codes of their own.</summary>
internal enum ImportFault
{
    /// <summary>It has no bytes.</summary>
    Empty,

    /// <summary>It has too many bytes. Numbers: how many, and how many are allowed.</summary>
    TooLong,

    /// <summary>It has too few pixels. Numbers: width, height, and how many are needed on each side.</summary>
    TooSmall,

    /// <summary>All pixels are the same. Numbers: red, green, blue, 0 to 255.</summary>
    Blank,

    /// <summary>A link leads to no file.</summary>
    BrokenLink,

    /// <summary>It is a pipe, socket or device.</summary>
    NotAFile,

    /// <summary>It can't be read. Text: what the system says.</summary>
    Unreadable,

    /// <summary>Its name isn't UTF-8; only in catalogs of earlier versions.</summary>
    BadName,

    /// <summary>A folder can't be looked into. Text: what the system says.</summary>
    ClosedFolder,
}

/// <summary>The words of why a file was refused.</summary>
public static class RefusalWords
{
    /// <summary>In one line, without a full stop.</summary>
    public static string Of(Reason refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);

        // What a decoder or an archive reported stands as it is.
        if (refusal.Text is { } reported)
        {
            return Code.Read<ImportFault>(refusal.Code) switch
            {
                ImportFault.Unreadable => $"unreadable: {reported}",
                ImportFault.ClosedFolder => $"unreadable: the folder {reported}",
                _ => reported,
            };
        }

        return Code.Read<ImportFault>(refusal.Code) switch
        {
            ImportFault.Empty => "empty: the file has no bytes",
            ImportFault.TooLong => $"too long: {refusal[0] / 1e6:0.#} MB, at most {refusal[1] / 1e6:0.##} MB are read",
            ImportFault.TooSmall => $"too small: {refusal[0]} × {refusal[1]} pixels, at least {refusal[2]} × {refusal[2]} are needed",
            ImportFault.Blank =>
                $"blank: every pixel has the same colour (#{(byte)refusal[0]:x2}{(byte)refusal[1]:x2}{(byte)refusal[2]:x2})",
            ImportFault.BrokenLink => "no picture: a link that leads to no file",
            ImportFault.NotAFile => "no picture: a pipe, socket or device",
            ImportFault.BadName => "unreadable: its name isn't UTF-8; rename it",
            _ => refusal.Code,
        };
    }

    /// <summary>The word that refusals are counted under.</summary>
    public static string Count(Reason refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        if (refusal.Code == Reason.NoteCode)
            return "refused before";
        return Code.Read<ImportFault>(refusal.Code) switch
        {
            ImportFault.BrokenLink or ImportFault.NotAFile => "no picture",
            ImportFault.BadName or ImportFault.ClosedFolder => "unreadable",
            _ => refusal.Code.Replace('-', ' '),
        };
    }
}

/// <summary>A file that import refuses once it has seen inside.</summary>
internal sealed class RefusedException(Reason refusal) : Exception(RefusalWords.Of(refusal))
{
    public Reason Refusal => refusal;
}
