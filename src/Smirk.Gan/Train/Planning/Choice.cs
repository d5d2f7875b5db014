using System.Text.Json.Serialization;

namespace Smirk.Gan.Train.Planning;

/// <summary>One setting of a run: its value and, as a code, why it has that value.</summary>
/// <param name="Name">As the command line spells it, without dashes.</param>
/// <param name="Value">As a person reads it, and the command line mostly takes it.</param>
public sealed record Choice(string Name, string Value)
{
    /// <summary>Why; null in runs of Smirk 0.1.</summary>
    public Reason? Why { get; init; }

    /// <summary>What <see cref="Why"/> speaks of, by name: "asymmetry" → "0.12".</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? With { get; init; }

    /// <summary>The reason as Smirk 0.1 wrote it, as a sentence; shown as it is, never read.</summary>
    [JsonPropertyName("reason")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sentence { get; init; }

    /// <summary>The reason for a person.</summary>
    [JsonIgnore]
    public string InWords => Why is { } why ? Reasons.InWords(why, With ?? new Dictionary<string, string>()) : Sentence ?? "";
}

/// <summary>A value that a recipe chose.</summary>
/// <param name="Value">The value.</param>
/// <param name="Why">Why.</param>
/// <param name="With">What the reason speaks of; null for nothing.</param>
public readonly record struct Chosen<T>(T Value, Reason Why, IReadOnlyDictionary<string, string>? With = null);
