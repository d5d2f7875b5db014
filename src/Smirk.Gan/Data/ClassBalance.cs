namespace Smirk.Gan.Data;

/// <summary>Shows pictures of rare classes more often: a class of which one picture in a thousand is seen isn't learnt.</summary>
internal static class ClassBalance
{
    // A picture that is shown much more often than others is learnt by heart.
    private const int Most = 4;

    // Fewer are learnt by heart sooner than understood.
    private const int Few = 30;

    /// <summary>How often a class's pictures are shown for once of a common one: up to four times, where it has fewer than half of the
    /// mean.</summary>
    public static int Repeats(int pictures, IReadOnlyList<int> counts) =>
        pictures == 0 ? 1 : Math.Clamp((int)(counts.Average() / (2 * pictures)), 1, Most);

    /// <summary>The rows with those of rare classes repeated.</summary>
    /// <param name="rows">Rows to train on.</param>
    /// <param name="classes">The class of every row of the pack; null without classes.</param>
    /// <param name="counts">Pictures a class; null to show all alike.</param>
    public static IReadOnlyList<int> Rows(int[] rows, long[]? classes, IReadOnlyList<int>? counts) => classes is null || counts is null
        ? rows
        : [.. rows.SelectMany(row => Enumerable.Repeat(row, Repeats(counts[(int)classes[row]], counts)))];

    /// <summary>What a person should know of classes with few pictures; null where all have enough.</summary>
    public static string? Caution(IReadOnlyList<string> names, IReadOnlyList<int>? counts)
    {
        if (counts is null)
            return null;
        var few = names.Zip(counts).Where(c => c.Second < Few).OrderBy(c => c.Second).ToList();
        var often = names.Zip(counts).Where(c => Repeats(c.Second, counts) > 1)
            .Select(c => $"{c.First} ({Repeats(c.Second, counts)} times)").ToList();
        if (few.Count == 0 && often.Count == 0)
            return null;
        var words = few.Count == 0 ? "" : $"classes with few pictures: {Joined(few.Select(c => $"{c.First} ({c.Second})"))}; what is "
            + $"learnt of them will be close to those pictures ({Few} and more tell something)";
        return often.Count == 0 ? words : $"{words}{(words.Length > 0 ? "; " : "")}pictures of rare classes are shown more often: "
            + Joined(often);
    }

    private static string Joined(IEnumerable<string> names) => names.ToList() is { Count: > 10 } many
        ? $"{string.Join(", ", many.Take(10))} and {many.Count - 10} more" : string.Join(", ", names);
}
