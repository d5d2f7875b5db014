using System.Text.Json.Serialization;

namespace Smirk.Gan.Evaluate;

/// <summary>How often pictures of each class were taken for each other class: a confusion matrix.</summary>
/// <param name="Classes">Names of the classes.</param>
/// <param name="Counts">A row for each class that pictures belong to, with a count for each class that they were taken for.</param>
public sealed record Confusion(IReadOnlyList<string> Classes, IReadOnlyList<IReadOnlyList<int>> Counts)
{
    /// <summary>A class that is taken for another.</summary>
    /// <param name="Class">What it is.</param>
    /// <param name="TakenFor">What it was taken for.</param>
    /// <param name="Share">Share of the class's pictures, above 0 and at most 1.</param>
    public sealed record Mistake(string Class, string TakenFor, double Share);

    /// <summary>Counts.</summary>
    /// <param name="are">The class of each picture.</param>
    /// <param name="takenFor">What each picture was taken for.</param>
    /// <param name="names">Names of the classes.</param>
    public static Confusion Of(IReadOnlyList<long> are, IReadOnlyList<long> takenFor, IReadOnlyList<string> names)
    {
        var counts = names.Select(_ => new int[names.Count]).ToArray();
        foreach (var (row, column) in are.Zip(takenFor))
            counts[row][column]++;
        return new Confusion(names, counts);
    }

    /// <summary>Share of all pictures that were taken for what they are, 0…1; NaN without pictures.</summary>
    [JsonIgnore]
    public double Right => Counts.Index().Sum(row => row.Item[row.Index]) / (double)Counts.Sum(row => row.Sum());

    /// <summary>Share of the pictures of one class that were taken for <paramref name="takenFor"/>, 0…1; NaN for a class without
    /// pictures.</summary>
    /// <param name="is">Number of the class.</param>
    /// <param name="takenFor">Number of the other, or of the same.</param>
    public double Share(int @is, int takenFor) => Counts[@is][takenFor] / (double)Counts[@is].Sum();

    /// <summary>The pairs that are mixed up most often, the worst first.</summary>
    /// <param name="most">How many.</param>
    public IReadOnlyList<Mistake> Worst(int most)
    {
        var mistakes =
            from row in Enumerable.Range(0, Classes.Count)
            from column in Enumerable.Range(0, Classes.Count)
            where row != column && Counts[row][column] > 0
            let share = Share(row, column)
            orderby share descending, row, column
            select new Mistake(Classes[row], Classes[column], share);
        return [.. mistakes.Take(most)];
    }
}
