using System.Globalization;
using System.Text;

namespace Smirk.Export.Plan;

/// <summary>File names that every trainer takes: a-z, 0-9 and hyphens. Some cut names at dots and underscores.</summary>
internal sealed class ExportNames
{
    // Long enough to tell files apart by eye.
    private const int MostLetters = 40;
    private const int Digits = 8;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>A name made of the file's own and the picture's SHA-256: the same in every export, whatever else is in it.</summary>
    /// <param name="file">The file that the person knows it by; null for none.</param>
    /// <param name="sha256">The picture's.</param>
    /// <param name="part">Which crop of the picture, from 1; 0 for the whole picture.</param>
    public string Take(string? file, string sha256, int part)
    {
        var word = Slug(Path.GetFileNameWithoutExtension(file?[(file.LastIndexOf('!') + 1)..] ?? ""));

        // A name that an earlier export made has the digits already.
        var ending = sha256[..Digits];
        var suffix = part > 0 ? $"-{part}" : "";
        var stem = word.Length == 0 ? ending : word.Contains(ending, StringComparison.Ordinal) ? word : $"{word}-{ending}";
        for (var digits = Digits; !_taken.Add(stem + suffix); digits += 8)
            stem = $"{word}-{sha256[..Math.Min(digits + 8, sha256.Length)]}";
        return stem + suffix;
    }

    /// <summary>The text with every run of other characters as one hyphen.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            var lower = char.ToLowerInvariant(c);
            if (lower is >= 'a' and <= 'z' or >= '0' and <= '9')
                slug.Append(lower);
            else if (slug.Length > 0 && slug[^1] != '-' && char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                slug.Append('-');
        }

        if (slug.Length > MostLetters)
            slug.Length = MostLetters;
        return slug.ToString().Trim('-');
    }
}
