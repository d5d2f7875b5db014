namespace Smirk.Drawing.Variants;

/// <summary>A variant set, and the files that show it.</summary>
/// <param name="Set">0, 1, 2…</param>
/// <param name="Seed">What it is made up from.</param>
internal sealed record PlannedVariants(int Set, int Seed)
{
    /// <summary>The folder of all variant sets.</summary>
    public const string Folder = "variants";

    /// <summary>A variant's name in the truth.</summary>
    public string Source(int number) => $"variant{Set:0000}-{number}";

    /// <summary>Where a variant lies.</summary>
    public string Path(int number) => System.IO.Path.Combine(Folder, $"set{Set:0000}-{number}.png");

    /// <summary>Where it lies compressed again.</summary>
    public string ResavedPath(int number) => System.IO.Path.Combine(Folder, $"set{Set:0000}-{number}-resaved.jpg");
}
