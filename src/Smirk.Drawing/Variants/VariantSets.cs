using Smirk.Drawing.Faces;
using Smirk.Drawing.Raster;
using Smirk.Imaging;

namespace Smirk.Drawing.Variants;

/// <summary>What the pictures of a variant set differ in.</summary>
internal enum VariantTrait { Mouth, Eyes, Brows, HairColour, EyeColour }

/// <summary>One picture of a variant set.</summary>
/// <param name="Set">Number of its set.</param>
/// <param name="Trait">What the pictures of the set differ in.</param>
/// <param name="FaceShare">Width of the head, as a share of the picture's width.</param>
/// <param name="Picture">The pixels.</param>
internal sealed record Variant(int Set, VariantTrait Trait, double FaceShare, Picture Picture);

/// <summary>Draws sets of pictures that are one scene but for a small thing: the mouth, the eyes, the brows, the colour of hair or eyes.
/// None is a duplicate of another.</summary>
internal static class VariantSets
{
    /// <summary>Pictures in a set.</summary>
    public const int Pictures = 3;

    // The head takes this share of the square that FacePainter paints.
    private const double HeadOfSquare = 0.6;

    // A difference that nobody could see is none: pixels that change by more than Visible, for each pixel of the head's width.
    private const int Visible = 40;
    private const double LeastChanged = 0.25;

    /// <summary>The pictures of set <paramref name="index"/>: 3, made up from <paramref name="random"/>, 320 to 700 pixels wide.</summary>
    public static IReadOnlyList<Variant> Draw(int index, Random random)
    {
        var trait = (VariantTrait)(index % Enum.GetValues<VariantTrait>().Length);
        var share = random.Between(0.15, 0.9);
        var (width, height) = (random.Next(320, 700), random.Next(320, 700));
        width = Math.Max(width, (int)(48 / share));
        while (true)
        {
            var traits = TraitSampler.Sample(random) with { Bangs = random.Pick(Bangs.Tufts, Bangs.Wispy, Bangs.Parted) };
            var scene = Scene(width, height, random);
            var square = (int)Math.Round(share * width / HeadOfSquare);
            var (left, top) = (random.Next(Math.Min(0, width - square), Math.Max(1, width - square)),
                random.Next(Math.Min(0, height - square), Math.Max(1, height - square)));
            var pictures =
                Alternatives(trait, traits, random).Select(t => Place(scene, FacePainter.Paint(t, square, square), left, top)).ToList();
            if (Pairs(pictures).All(p => Changed(p.First, p.Second) >= LeastChanged * share * width))
                return [.. pictures.Select(p => new Variant(index, trait, share, p))];
        }
    }

    private static IEnumerable<FaceTraits> Alternatives(VariantTrait trait, FaceTraits face, Random random) => trait switch
    {
        VariantTrait.Mouth =>
            [face with { Mouth = MouthStyle.Line }, face with { Mouth = MouthStyle.Open }, face with { Mouth = MouthStyle.Cat }],
        VariantTrait.Eyes => [
            face with { EyeStyle = EyeStyle.HalfClosed, EyeOpen = 0.4 }, face with { EyeStyle = EyeStyle.Round, EyeOpen = 0.85 },
                face with { EyeStyle = EyeStyle.Closed }],
        VariantTrait.Brows => [face with { BrowRaise = -1 }, face with { BrowRaise = 0.2 }, face with { BrowRaise = 1.4 }],
        VariantTrait.HairColour => Hues(random, 0.5, 0.45).Select(colour => face with { Hair = colour }),
        _ => Hues(random, 0.8, 0.45).Select(colour => face with { Eyes = colour, EyeStyle = EyeStyle.Round, EyeOpen = 0.85 }),
    };

    private static IEnumerable<Rgb> Hues(Random random, double saturation, double lightness)
    {
        var first = random.Between(0, 360);
        return [Rgb.FromHsl(first, saturation, lightness), Rgb.FromHsl(first + 120, saturation, lightness),
            Rgb.FromHsl(first + 240, saturation, lightness)];
    }

    // One colour, or many things in many colours.
    private static Picture Scene(int width, int height, Random random)
    {
        var canvas = new Canvas(width, height, System.Numerics.Matrix3x2.CreateScale(width, height));
        canvas.Clear(Rgb.FromHsl(random.Between(0, 360), random.Between(0.1, 0.5), random.Between(0.5, 0.95)));
        for (var things = random.Chance(0.5) ? 0 : random.Next(10, 60); things > 0; things--)
        {
            var (x, y, w, h) = (random.Between(-0.1, 1), random.Between(-0.1, 1), random.Between(0.02, 0.25), random.Between(0.02, 0.25));
            var colour = Rgb.FromHsl(random.Between(0, 360), random.Between(0.1, 0.9), random.Between(0.2, 0.9));
            canvas.Fill(random.Chance(0.5) ? Outline.Ellipse(x, y, w / 2, h / 2) : Outline.From(x, y).To(x + w, y).To(x + w, y + h)
                .To(x, y + h), colour);
        }

        return canvas.ToPicture();
    }

    private static Picture Place(Picture scene, Picture face, int left, int top)
    {
        var pixels = (byte[])scene.Pixels.Clone();
        var (fromX, toX) = (Math.Max(0, left), Math.Min(scene.Width, left + face.Width));
        for (var y = Math.Max(0, top); y < Math.Min(scene.Height, top + face.Height); y++)
            face.Row(y - top)[((fromX - left) * 3)..((toX - left) * 3)].CopyTo(pixels.AsSpan(((y * scene.Width) + fromX) * 3));
        return new Picture(scene.Width, scene.Height, pixels);
    }

    private static IEnumerable<(Picture First, Picture Second)> Pairs(List<Picture> pictures)
    {
        for (var i = 0; i < pictures.Count; i++)
        {
            for (var j = 0; j < i; j++)
                yield return (pictures[i], pictures[j]);
        }
    }

    private static int Changed(Picture a, Picture b)
    {
        var changed = 0;
        for (var i = 0; i < a.Pixels.Length; i += 3)
        {
            changed += Math.Max(Math.Max(Math.Abs(a.Pixels[i] - b.Pixels[i]), Math.Abs(a.Pixels[i + 1] - b.Pixels[i + 1])),
                Math.Abs(a.Pixels[i + 2] - b.Pixels[i + 2])) > Visible
                ? 1 : 0;
        }

        return changed;
    }
}
