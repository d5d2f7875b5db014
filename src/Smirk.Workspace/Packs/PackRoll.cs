using System.Globalization;
using System.Text.Json.Serialization;

namespace Smirk.Workspace.Packs;

/// <summary>What most of a pack's piano rolls have in common: how they are ruled, and how fast they are played.</summary>
/// <param name="Beat">Steps of a beat.</param>
/// <param name="Quarter">Steps of a quarter.</param>
/// <param name="Tempo">Quarters a minute.</param>
public sealed record PackRoll(
    [property: JsonPropertyName("beat")] int Beat,
    [property: JsonPropertyName("quarter")] int Quarter,
    [property: JsonPropertyName("tempo")] int Tempo)
{
    /// <summary>Steps of a bar.</summary>
    public const int Bar = 48;

    /// <summary>What <see cref="ToString"/> wrote; null for anything else.</summary>
    public static PackRoll? TryParse(string? text)
    {
        var numbers = (text ?? "").Split('/').Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        return numbers is [> 0 and <= Bar, > 0 and <= Bar, > 0] ? new PackRoll(numbers[0], numbers[1], numbers[2]) : null;
    }

    /// <summary>As the header of a pack has it: "12/12/144".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Beat}/{Quarter}/{Tempo}");
}
