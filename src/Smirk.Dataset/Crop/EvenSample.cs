namespace Smirk.Dataset.Crop;

/// <summary>Some of many. Pictures come in no order that has to do with what they show, so even steps are as good as chance, and the same
/// every time.</summary>
internal static class EvenSample
{
    /// <summary><paramref name="most"/> of <paramref name="all"/>, in their order; all where there are no more.</summary>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> all, int most) =>
        all.Count <= most ? all : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Count / most)])];
}
