using Smirk.Drawing.Faces;
using Smirk.Imaging;
using Smirk.Imaging.Writing;

namespace Smirk.Drawing.Planting;

/// <summary>A file that is no usable picture.</summary>
/// <param name="Path">Its path in the pile.</param>
/// <param name="Why">What is wrong with it, in a word.</param>
/// <param name="Bytes">What is in it.</param>
internal sealed record PlannedJunk(string Path, string Why, byte[] Bytes);

/// <summary>What a download leaves behind when it goes wrong.</summary>
internal static class BrokenFiles
{
    /// <summary>One file of each kind.</summary>
    public static IReadOnlyList<PlannedJunk> Decide(Random random, PileNames names)
    {
        var jpeg = PictureWriter.Jpeg(FacePainter.Paint(TraitSampler.Sample(random), 160, 160));
        var noise = new byte[4096];
        random.NextBytes(noise);
        // Bytes that begin like no format at all.
        noise[0] = 0xA9;
        return
        [
            new(names.Next("jpg"), "truncated", jpeg[..(jpeg.Length * 6 / 10)]),
            new(names.Next("jpeg"), "truncated", jpeg[..300]),
            new(names.Next("jpg"), "html",
                "<!doctype html><title>404 Not Found</title><p>The picture you are looking for has been removed.\n"u8.ToArray()),
            new(names.Next("png"), "text", "removed by a moderator\n"u8.ToArray()),
            new(names.Next("json"), "text", """{"error": 429}"""u8.ToArray()),
            new(names.Next("jpg"), "empty", []),
            new(names.Next("png"), "pixel", PictureWriter.Png(new Picture(1, 1, 255, 255, 255))),
            new(names.Next("gif"), "stub", "GIF89a"u8.ToArray()),
            new(names.Next("png"), "noise", noise),
        ];
    }
}
