namespace Smirk.Drawing.Faces;

/// <summary>What drawing asks of a generator of random numbers.</summary>
internal static class RandomChoices
{
    public static double Between(this Random random, double from, double to) => from + ((to - from) * random.NextDouble());

    public static bool Chance(this Random random, double probability) => random.NextDouble() < probability;

    public static T Pick<T>(this Random random, params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    /// <summary>One of the enum's values, each as likely as the next.</summary>
    public static T PickAny<T>(this Random random)
        where T : struct, Enum => random.Pick<T>(Enum.GetValues<T>());
}
