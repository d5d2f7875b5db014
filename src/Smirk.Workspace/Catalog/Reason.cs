using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Smirk.Workspace.Catalog;

/// <summary>Why something was decided, as data: a stage's code and its values. Sentences are made of it only when it is shown.</summary>
/// <param name="Code">The stage's word for it, such as "larger"; <see cref="NoteCode"/> for a sentence of an older Smirk.</param>
/// <param name="Numbers">What was measured, in the order that the code defines; null for none.</param>
/// <param name="Text">A name or path where the code needs one; null otherwise.</param>
public sealed record Reason(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("numbers")] IReadOnlyList<double>? Numbers = null,
    [property: JsonPropertyName("text")] string? Text = null)
{
    /// <summary>The code of a sentence that an older Smirk stored; it is shown as it is and never read.</summary>
    public const string NoteCode = "note";

    /// <summary>The number at <paramref name="index"/>.</summary>
    public double this[int index] => Numbers![index];

    /// <summary>A reason by one of a stage's codes.</summary>
    public static Reason Of<T>(T code, params double[] numbers)
        where T : struct, Enum => Of(Catalog.Code.Of(code), numbers);

    /// <summary>A reason with numbers.</summary>
    public static Reason Of(string code, params double[] numbers) => new(code, numbers.Length == 0 ? null : numbers);

    /// <inheritdoc/>
    public bool Equals(Reason? other) =>
        other is not null && Code == other.Code && Text == other.Text && (Numbers ?? []).SequenceEqual(other.Numbers ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Text, Numbers?.Count ?? 0);
}

/// <summary>Reasons, the strongest first; equal to others with the same content.</summary>
[CollectionBuilder(typeof(Reasons), nameof(Create))]
[JsonConverter(typeof(ReasonsConverter))]
public sealed class Reasons : IReadOnlyList<Reason>, IEquatable<Reasons>
{
    private readonly Reason[] _all;

    private Reasons(Reason[] all) => _all = all;

    /// <summary>No reason.</summary>
    public static Reasons None { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _all.Length;

    /// <inheritdoc/>
    public Reason this[int index] => _all[index];

    /// <summary>These reasons.</summary>
    public static Reasons Create(ReadOnlySpan<Reason> all) => all.IsEmpty ? None : new([.. all]);

    /// <summary>Whether there is one with that code.</summary>
    public bool Has(string code) => Array.Exists(_all, r => r.Code == code);

    /// <inheritdoc/>
    public IEnumerator<Reason> GetEnumerator() => ((IEnumerable<Reason>)_all).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Reasons? other) => other is not null && _all.AsSpan().SequenceEqual(other._all);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Reasons);

    /// <inheritdoc/>
    public override int GetHashCode() => _all.Aggregate(_all.Length, HashCode.Combine);

    /// <summary>As the catalog holds them: a JSON list.</summary>
    public override string ToString() => JsonSerializer.Serialize(_all, ReasonJson.Default.ReasonArray);

    /// <summary>What <see cref="ToString"/> wrote.</summary>
    internal static Reasons Read(string json) =>
        json == "[]" ? None : Create(JsonSerializer.Deserialize(json, ReasonJson.Default.ReasonArray));
}

/// <summary>Reasons as a JSON list.</summary>
public sealed class ReasonsConverter : JsonConverter<Reasons>
{
    /// <inheritdoc/>
    public override Reasons Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Reasons.Create(JsonSerializer.Deserialize(ref reader, ReasonJson.Default.ReasonArray));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Reasons value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        JsonSerializer.Serialize(writer, [.. value], ReasonJson.Default.ReasonArray);
    }
}

/// <summary>Reading and writing of reasons, without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Reason[]))]
internal sealed partial class ReasonJson : JsonSerializerContext;
