using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Smirk.Workspace.Errors;

namespace Smirk.Workspace.Packs;

/// <summary>The shape of pictures, width to height, in lowest terms: 1:1, 2:3, 16:9. A pack's pictures are square whatever their shape is:
/// they are squeezed into the square, and stretched again wherever a person sees them.</summary>
[JsonConverter(typeof(AspectJson))]
public sealed record Aspect
{
    private const int Most = 99;

    // Twice as sharp along one side as along the other is the most that a square should have to stand for.
    private const int MostStretched = 2;

    private Aspect(int width, int height) => (Width, Height) = (width, height);

    /// <summary>1:1, which needs no squeezing.</summary>
    public static Aspect Square { get; } = new(1, 1);

    /// <summary>Parts of the width, 1 to 99.</summary>
    public int Width { get; }

    /// <summary>Parts of the height, 1 to 99.</summary>
    public int Height { get; }

    /// <summary>Whether it is 1:1.</summary>
    public bool IsSquare => Width == Height;

    /// <summary>Width divided by height, ½ to 2.</summary>
    public double Ratio => (double)Width / Height;

    /// <summary>Reads "2:3" and the like.</summary>
    /// <exception cref="UsageException">It isn't two whole numbers from 1 to 99, or one is more than twice the other.</exception>
    public static Aspect Parse(string text)
    {
        if (!TryRead(text, out var width, out var height))
            throw new UsageException($"--aspect {text}: expected WIDTH:HEIGHT in whole numbers from 1 to {Most}, such as 2:3 or 16:9.");
        return Of(width, height) ?? throw new UsageException(
            $"--aspect {text}: expected from 1:{MostStretched} to {MostStretched}:1. Cut longer pictures, or keep all of them with "
                + "--fit pad.");
    }

    /// <summary>The same without an error: null for what <see cref="Parse"/> refuses.</summary>
    public static Aspect? TryParse([NotNullWhen(true)] string? text) =>
        TryRead(text, out var width, out var height) ? Of(width, height) : null;

    /// <summary>Width and height in pixels at which pictures of a pack are shown: exactly of this shape, and of about the area of the
    /// pack's squares. Never less than one pixel a part.</summary>
    /// <param name="size">Edge of the squares in pixels, at least 1.</param>
    public (int Width, int Height) Shown(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var parts = Math.Max(1, (int)Math.Round(size / Math.Sqrt(Width * Height)));
        return (Width * parts, Height * parts);
    }

    /// <summary>The same in words: "52×78".</summary>
    public string ShownInWords(int size)
    {
        var (width, height) = Shown(size);
        return string.Create(CultureInfo.InvariantCulture, $"{width}×{height}");
    }

    /// <summary>The largest part of this shape that lies within so many pixels; exact, so not always whole.</summary>
    public (double Width, double Height) Within(double width, double height) =>
        width * Height > height * Width ? (height * Ratio, height) : (width, width / Ratio);

    /// <summary>The smallest rectangle of this shape around so many pixels; exact, so not always whole.</summary>
    public (double Width, double Height) Around(double width, double height) =>
        width * Height > height * Width ? (width, width / Ratio) : (height * Ratio, height);

    /// <summary>As it is written: "2:3".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}:{Height}");

    private static bool TryRead(string? text, out int width, out int height)
    {
        (width, height) = (0, 0);
        return text?.Split(':') is [var across, var down] && IsPart(across, out width) && IsPart(down, out height);
    }

    private static bool IsPart(string text, out int part) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out part) && part is >= 1 and <= Most;

    private static Aspect? Of(int width, int height)
    {
        if (width > MostStretched * height || height > MostStretched * width)
            return null;
        var divisor = GreatestDivisor(width, height);
        return new Aspect(width / divisor, height / divisor);
    }

    private static int GreatestDivisor(int one, int other) => other == 0 ? one : GreatestDivisor(other, one % other);

    /// <summary>As text in JSON: "2:3".</summary>
    public sealed class AspectJson : JsonConverter<Aspect>
    {
        /// <inheritdoc/>
        public override Aspect Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            return TryParse(text) ?? throw new JsonException($"\"{text}\" is no aspect; expected such as \"2:3\"");
        }

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, Aspect value, JsonSerializerOptions options) =>
            writer.WriteStringValue($"{value}");
    }
}
