using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Files;

namespace Smirk.Studio.Pictures;

/// <summary>Pictures as pages get them: decoded here and encoded anew, so that a browser never sees a byte that somebody else wrote.
/// Thumbnails are made once and kept, named by what they show.</summary>
/// <param name="workspace">The workspace.</param>
/// <param name="folder">Where thumbnails are kept.</param>
internal sealed class Thumbnails(SmirkWorkspace workspace, string folder)
{
    /// <summary>The longest side of a thumbnail, pixels.</summary>
    public const int Side = 256;

    // What fits on a screen twice; more can't be told apart there.
    private const int MostSide = 2400;

    // Above, PNG takes longer to write than a person waits.
    private const long MostLossless = 1_000_000;

    private const int ThumbQuality = 85, ViewQuality = 95;

    private static readonly DecodeOptions Reduced = new DecodeOptions { ShrinkTo = Side, MostPixels = DecodeOptions.Large }.Unlimited();
    private static readonly DecodeOptions Whole = new DecodeOptions { ShrinkTo = MostSide, MostPixels = DecodeOptions.Large }.Unlimited();

    // Each may take some hundred megabytes for a large picture.
    private readonly SemaphoreSlim _turns = new(Math.Clamp(Environment.ProcessorCount, 1, 4));

    /// <summary>A small JPEG of a picture.</summary>
    /// <exception cref="UnusablePictureException">It can't be decoded.</exception>
    public Task<byte[]> Small(StoredPicture picture, CancellationToken cancel) => Kept(picture.Sha256, "", () =>
        PictureWriter.Jpeg(Fitted(PictureReader.Decode(workspace.Pictures.Read(picture.Sha256), Reduced), Side), ThumbQuality), cancel);

    /// <summary>A picture as large as a screen shows it; without loss where that is quick.</summary>
    /// <returns>The bytes and their type.</returns>
    /// <exception cref="UnusablePictureException">It can't be decoded.</exception>
    public async Task<(byte[] Bytes, string Type)> Large(StoredPicture picture, CancellationToken cancel)
    {
        await _turns.WaitAsync(cancel);
        try
        {
            var shown = Fitted(PictureReader.Decode(workspace.Pictures.Read(picture.Sha256), Whole), MostSide);
            return (long)shown.Width * shown.Height <= MostLossless ? (PictureWriter.Png(shown), "image/png")
                : (PictureWriter.Jpeg(shown, ViewQuality), "image/jpeg");
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Something that is made of a picture once, from then on read from the disk.</summary>
    /// <param name="sha256">The picture.</param>
    /// <param name="what">What is made of it, as a part of a file name; empty for its thumbnail.</param>
    /// <param name="make">Makes it.</param>
    /// <param name="cancel">Stops waiting for a turn.</param>
    public async Task<byte[]> Kept(string sha256, string what, Func<byte[]> make, CancellationToken cancel)
    {
        var path = Path.Combine(folder, sha256[..2], $"{sha256}{(what.Length > 0 ? "-" : "")}{what}.jpg");
        if (File.Exists(path))
            return await File.ReadAllBytesAsync(path, cancel);
        await _turns.WaitAsync(cancel);
        try
        {
            var bytes = make();
            Keep(path, bytes);
            return bytes;
        }
        finally
        {
            _turns.Release();
        }
    }

    // Where it can't be kept it is made again.
    private static void Keep(string path, byte[] bytes)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, stream => stream.Write(bytes));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>A picture with a longest side of at most <paramref name="side"/> pixels.</summary>
    internal static Picture Fitted(Picture picture, int side)
    {
        var scale = (double)side / Math.Max(picture.Width, picture.Height);
        return scale >= 1 ? picture
            : picture.Resize(Math.Max(1, (int)Math.Round(picture.Width * scale)), Math.Max(1, (int)Math.Round(picture.Height * scale)));
    }
}
