using Smirk.Gan.Explore;
using Smirk.Gan.Sample;
using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Workspace.Errors;

namespace Smirk.Studio.Explore;

/// <summary>What requests of the room are answered with; all on the <see cref="GeneratorThread"/>.</summary>
internal static class ExplorePictures
{
    // Large enough that a browser's own enlarging isn't seen.
    private const int LargeSide = 512;

    // As many as come at once without being waited for, and as far as anybody scrolls.
    private const int MostTiles = 200, MostFrom = 100_000;

    // Small pictures and drawings without loss; large ones would take longer to send than to make.
    private const int MostLossless = 128, Quality = 94;

    // "Like" numbers their seeds from the page's seed on; far apart, so that another seed gives none of the same.
    private const ulong SeedStride = 1_000_003;

    /// <summary>Many small pictures.</summary>
    public static IReadOnlyList<PictureMessage> Tiles(GeneratorSession session, TilesRequest request, CancellationToken cancel)
    {
        var codes = Codes(session, request);
        if (codes.Count == 0)
            return [];
        var made = session.Generate(codes, new GenerateOptions { Realness = request.Realness }, null, cancel);
        return [.. codes.Zip(made, (code, picture) => new PictureMessage(
            LatentText.Of(code), Small(picture.Rgb, session), picture.Realness))];
    }

    /// <summary>One picture, large.</summary>
    public static PictureMessage Large(GeneratorSession session, LatentCode code, bool realness = false)
    {
        var made = session.Generate([code], new GenerateOptions { Realness = realness })[0];
        return new PictureMessage(
            LatentText.Of(code), Large(session, made.Rgb), made.Realness,
            session.View.Roll is null ? null : Convert.ToBase64String(made.Rgb));
    }

    /// <summary>A generator's square as large as it is shown, as a data: address.</summary>
    public static string Large(GeneratorSession session, byte[] rgb) =>
        session.View.Roll is null ? Jpeg(Shown(rgb, session, Math.Max(session.Size, LargeSide))) : Png(Shown(rgb, session, LargeSide));

    /// <summary>The latent of a picture made of others.</summary>
    /// <exception cref="UsageException">Rows or way don't fit.</exception>
    public static LatentCode Mixed(GeneratorSession session, MixRequest request)
    {
        LatentCode[] codes = [.. request.Codes.Select(LatentText.Read)];
        CheckFits(session, codes);
        if (request.Way is { } way)
        {
            return codes.Length == 2 && way is >= 0 and <= 1 ? session.Moves.Between(codes[0], codes[1], way)
                : throw new UsageException($"{codes.Length} pictures and the way {way}: expected two, and 0 to 1.");
        }

        var rows = request.Rows ?? [];
        if (rows.Count != 1 + session.Levels || rows.Any(row => row < 0 || row >= codes.Length))
            throw new UsageException(
                $"{rows.Count} rows: expected {1 + session.Levels}, each the number of one of {codes.Length} pictures.");
        return session.Moves.Mix(codes, rows);
    }

    /// <summary>Refuses latents of another generator.</summary>
    /// <exception cref="UnusableInputException">They are another one's.</exception>
    public static void CheckFits(GeneratorSession session, IReadOnlyList<LatentCode> codes)
    {
        if (codes.Any(code => code.Z.Length != session.LatentSize || (code.Styles is { } styles && styles.Length != session.Levels)))
            throw new UnusableInputException("That picture was made by another generator; its latent doesn't fit this one.");
    }

    private static List<LatentCode> Codes(GeneratorSession session, TilesRequest request)
    {
        if (request.Count is < 1 or > MostTiles || request.From is < 0 or > MostFrom || request.Seed < 0)
            throw new UsageException($"Tiles {request.From} to {request.From + request.Count} of seed {request.Seed}: expected at most "
                + $"{MostTiles} at once, at most {MostFrom} in all, and a seed from 0 on.");
        switch (request.Kind)
        {
            case "new":
                return [.. session.Draw(request.From + request.Count, (ulong)request.Seed, request.Class).Skip(request.From)
                    .Select(code => Nearer(code, request.Truncation))];
            case "like":
                var centre = LatentText.Read(request.Code);
                CheckFits(session, [centre]);
                var part = PartOf(request.Part);
                var strength = Math.Clamp(request.Strength, 0, 1);
                return [.. Enumerable.Range(request.From, request.Count).Select(i =>
                    session.Moves.Vary(centre, part, strength, unchecked(((ulong)request.Seed * SeedStride) + (ulong)i)))];
            case "these":
                return [.. (request.Codes ?? []).Take(MostTiles).Select(LatentText.Read)];
            default:
                throw new UsageException($"Tiles \"{request.Kind}\": expected new, like or these.");
        }
    }

    private static LatentCode Nearer(LatentCode code, double truncation) =>
        truncation == 1 ? code : code with { Z = [.. code.Z.Select(x => (float)(x * truncation))] };

    private static VariedPart PartOf(string? part) => part switch
    {
        "shape" => VariedPart.Shape,
        "details" => VariedPart.Details,
        "colour" => VariedPart.Colour,
        "all" or null => VariedPart.All,
        _ => throw new UsageException($"The part {part}: expected shape, details, colour or all."),
    };

    /// <summary>A generator's square, stretched to its shape as if the square had that edge; a piano roll drawn about as wide.</summary>
    public static Picture Shown(byte[] rgb, GeneratorSession session, int shown)
    {
        var (width, height) = session.Aspect.Shown(shown);
        if (session.View.Roll is null)
            return new Picture(session.Size, session.Size, rgb).Resize(width, height);
        var roll = session.Shown(rgb, Math.Max(1, (int)Math.Round((double)shown / session.View.SizeOf(session.Size).Width)));
        return new Picture(roll.Width, roll.Height, roll.Rgb);
    }

    // A picture as a tile, as a data: address.
    private static string Small(byte[] rgb, GeneratorSession session)
    {
        var picture = Shown(rgb, session, Math.Min(session.Size, LargeSide / 2));
        return session.Size <= MostLossless ? Png(picture) : Jpeg(picture);
    }

    private static string Png(Picture picture) => $"data:image/png;base64,{Convert.ToBase64String(PictureWriter.Png(picture))}";

    private static string Jpeg(Picture picture) =>
        $"data:image/jpeg;base64,{Convert.ToBase64String(PictureWriter.Jpeg(picture, Quality))}";
}
