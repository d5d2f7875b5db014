using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Augment;

/// <summary>What <see cref="DiffAugment"/> does and how strongly; written as DiffAugment's policies are, each part with a strength if it
/// isn't the usual one, colour, light and noise also with the share of the run that they end at: "colour:0.5:0.75,translation,cutout",
/// "noise:0.3:kept" for noise that stays as it is. For piano rolls, whose colours are moments, there are "light" and
/// "pitch".</summary>
[JsonConverter(typeof(AsText))]
public sealed record AugmentPolicy
{
    /// <summary>Nothing is changed.</summary>
    public static readonly AugmentPolicy None = new();

    /// <summary>The policy of Zhao et al. 2020: colour, shifts by up to an eighth of the edge, a cut square of half the edge.</summary>
    public static readonly AugmentPolicy Usual = new() { Colour = 1, Translation = 0.125, Cutout = 0.5 };

    // What "noise" without a number means: hides whether white is 1 or 0.95, and little else.
    private const double UsualNoise = 0.3;

    // Noise that doesn't fade.
    private const string Kept = "kept";

    // Five semitones down to six up are all twelve keys.
    private const int UsualPitch = 6, MostPitch = 12;

    /// <summary>1: brightness ±0.5, saturation ×0…2, contrast ×0.5…1.5; 0.5: half as far from the picture as it is; 0: off.</summary>
    public double Colour { get; init; }

    /// <summary>Share of the run after which colours are shown as they are, 0…1. D can't tell colours that augmentation hides; the end of a
    /// run is for getting them right.</summary>
    public double ColourUntil { get; init; } = 1;

    /// <summary>As <see cref="Colour"/>, without saturation, which mixes the channels.</summary>
    public double Light { get; init; }

    /// <summary>Share of the run after which light is as it is, 0…1.</summary>
    public double LightUntil { get; init; } = 1;

    /// <summary>Largest shift along each axis, as a share of the edge (0…0.5); 0: off.</summary>
    public double Translation { get; init; }

    /// <summary>Edge of the square that is cut out, as a share of the picture's (0…1); 0: off.</summary>
    public double Cutout { get; init; }

    /// <summary>Standard deviation of noise that is added to every value (pictures are −1…1) at the start of a run, 0…2; it falls evenly to
    /// nothing, unless <see cref="NoiseUntil"/> says otherwise. 0: off.</summary>
    public double Noise { get; init; }

    /// <summary>Share of the run at which noise has fallen to nothing, 0…1; infinite where it stays as it is.</summary>
    public double NoiseUntil { get; init; } = 1;

    /// <summary>Semitones by which a piano roll is transposed at most, up; down one less, so that 6 are all keys once. 0: off.</summary>
    public int Pitch { get; init; }

    /// <summary>Share of the pictures that any of this is done to, chosen anew every time; noise is as much weaker, for all. Steered while
    /// a run goes on, and no part of what <see cref="Parse"/> reads.</summary>
    public double Share { get; init; } = 1;

    /// <summary>What is done when <paramref name="progress"/> (0…1) of a run is over.</summary>
    public AugmentPolicy At(double progress) => this with
    {
        Colour = progress < ColourUntil ? Colour : 0,
        Light = progress < LightUntil ? Light : 0,
        Noise = progress < NoiseUntil ? Noise * (1 - progress / NoiseUntil) : 0,
    };

    /// <summary>At least as strong as <see cref="Usual"/> in what moves and hides parts, and with noise: for a run whose generator has
    /// collapsed. Music that is moved in time or cut isn't music any more: rolls get noise alone.</summary>
    public AugmentPolicy Firmer() => this with
    {
        Translation = IsForRolls ? Translation : Math.Max(Translation, Usual.Translation),
        Cutout = IsForRolls ? Cutout : Math.Max(Cutout, Usual.Cutout),
        Noise = Math.Max(Noise, UsualNoise),
    };

    private bool IsForRolls => Pitch > 0 || Light > 0;

    /// <summary>Reads "on", "off" or a list of parts such as "colour:0.5:0.75,translation,cutout:0.25"; parts that aren't named are
    /// off.</summary>
    /// <exception cref="UsageException">A part is unknown or a strength out of its range; says which.</exception>
    public static AugmentPolicy Parse(string text)
    {
        if (text is "on" or "off")
            return text == "on" ? Usual : None;
        var policy = None;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var words = part.Split(':');
            policy = (words[0], words.Length) switch
            {
                ("colour" or "color", <= 3) => policy with { Colour = Number(1, Usual.Colour, 1), ColourUntil = Number(2, 1, 1) },
                ("light", <= 3) => policy with { Light = Number(1, Usual.Colour, 1), LightUntil = Number(2, 1, 1) },
                ("translation", <= 2) => policy with { Translation = Number(1, Usual.Translation, 0.5) },
                ("noise", 3) when words[2] == Kept =>
                    policy with { Noise = Number(1, UsualNoise, 2), NoiseUntil = double.PositiveInfinity },
                ("noise", <= 3) => policy with { Noise = Number(1, UsualNoise, 2), NoiseUntil = Number(2, 1, 1) },
                ("pitch", <= 2) => policy with { Pitch = Semitones() },
                ("cutout", <= 2) => policy with { Cutout = Number(1, Usual.Cutout, 1) },
                _ =>
                    throw new UsageException(
                        $"--augment {text}: there is no part '{part}'; expected auto, on, off, or a list of colour, translation, cutout, "
                            + "noise, light and pitch such as colour:0.5,translation,cutout."),
            };

            int Semitones() => words.Length < 2
                ? UsualPitch
                : int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= MostPitch
                    ? value
                    : throw new UsageException($"--augment {text}: pitch takes whole semitones from 0 to {MostPitch}, not '{words[1]}'.");

            double Number(int place, double usual, double most) => place >= words.Length
                ? usual
                : double.TryParse(words[place], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0
                    && value <= most
                    ? value
                    : throw new UsageException(
                        $"--augment {text}: {words[0]} takes a number from 0 to {most.ToString(CultureInfo.InvariantCulture)}, not "
                            + $"'{words[place]}'.");
        }

        return policy;
    }

    /// <summary>The policy as <see cref="Parse"/> reads it.</summary>
    public override string ToString()
    {
        (string Name, double Strength, double Usual, double Until)[] parts =
            [("colour", Colour, Usual.Colour, ColourUntil), ("light", Light, Usual.Colour, LightUntil),
                ("translation", Translation, Usual.Translation, 1),
                ("cutout", Cutout, Usual.Cutout, 1), ("pitch", Pitch, UsualPitch, 1), ("noise", Noise, UsualNoise, NoiseUntil)];
        string[] used = [.. parts.Where(p => p.Strength > 0).Select(p => (p.Strength == p.Usual, p.Until) switch
        {
            (_, < 1) => FormattableString.Invariant($"{p.Name}:{p.Strength}:{p.Until}"),
            (_, double.PositiveInfinity) => FormattableString.Invariant($"{p.Name}:{p.Strength}:{Kept}"),
            (true, _) => p.Name,
            _ => FormattableString.Invariant($"{p.Name}:{p.Strength}"),
        })];
        return used.Length == 0 ? "off" : string.Join(',', used);
    }

    internal sealed class AsText : JsonConverter<AugmentPolicy>
    {
        public override AugmentPolicy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString() ?? "off");

        public override void Write(Utf8JsonWriter writer, AugmentPolicy value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
