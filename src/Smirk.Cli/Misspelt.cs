using System.CommandLine;
using System.CommandLine.Parsing;

namespace Smirk.Cli;

/// <summary>Finds words on the command line that were meant as options, and what was meant by them.</summary>
internal static class Misspelt
{
    // Two letters swapped, or one or two wrong: more is another word.
    private const int MostEdits = 2;

    /// <summary>A sentence about the first word that begins like an option, isn't one, and was taken for the name of a file that isn't
    /// there; null when there is none.</summary>
    public static string? Option(ParseResult parsed, string[] args)
    {
        // Behind -- everything is a name.
        var end = Array.IndexOf(args, "--") is >= 0 and var dashes ? dashes : args.Length;
        var names =
            parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);
        var word = names.FirstOrDefault(name => LooksLikeOption(name) && Array.IndexOf(args, name, 0, end) >= 0 && !Path.Exists(name));
        return word is null ? null
            : $"There is no option {word}.{Meant(word, parsed)} Nothing was done; put -- before names that begin with a dash.";
    }

    /// <summary>" Did you mean …?" when an option or command of where <paramref name="parsed"/> stopped is nearly spelt so; else
    /// nothing.</summary>
    public static string Meant(string word, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var known = command.Options.Concat(parsed.RootCommandResult.Command.Options).Select(option => option.Name)
            .Concat(command.Subcommands.Select(c => c.Name));
        var (nearest, edits) = known.Select(name => (name, Edits(word, name))).MinBy(candidate => candidate.Item2);
        return nearest is not null && edits <= Math.Min(MostEdits, word.Length / 2) ? $" Did you mean {nearest}?" : "";
    }

    private static bool LooksLikeOption(string word) =>
        word.StartsWith('-') && word.TrimStart('-') is [var first, ..] && char.IsAsciiLetter(first);

    // Levenshtein's distance: letters to change, add or leave out.
    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
