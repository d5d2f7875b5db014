using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Smirk.Dataset.Pack;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;
using Smirk.Studio.Pictures;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Studio.Explore;

/// <summary>A generator's pictures, as far as cutting others like them needs it.</summary>
/// <param name="Size">Edge in pixels.</param>
/// <param name="Aspect">The shape that they are shown in.</param>
/// <param name="Pack">The pack's folder.</param>
internal sealed record CutLike(int Size, Aspect Aspect, string Pack)
{
    /// <summary>How to cut.</summary>
    public LikePackOptions Options => LikePackOptions.Of(Pack, Size, Aspect);
}

/// <summary>A picture that was given.</summary>
/// <param name="Bytes">Its file.</param>
/// <param name="Message">What the page knows of it.</param>
/// <param name="Square">As it was cut.</param>
/// <param name="Aspect">The shape that it was cut to.</param>
internal sealed record OwnPicture(byte[] Bytes, UploadMessage Message, Picture Square, Aspect Aspect);

/// <summary>Pictures that the person gave to be projected: the last few, in memory only.</summary>
internal sealed class OwnPictures(SmirkWorkspace workspace)
{
    /// <summary>Longest file that is taken, in bytes.</summary>
    public const long MostBytes = 64_000_000;

    private const int Kept = 3, ViewSide = 900, ViewQuality = 90;

    private static readonly DecodeOptions Viewed = new() { ShrinkTo = ViewSide, MostPixels = DecodeOptions.Large, MaxBytes = MostBytes };

    private readonly Queue<OwnPicture> _pictures = [];

    /// <summary>Reads a request's body, which may be longer here than elsewhere.</summary>
    /// <exception cref="UsageException">It is empty.</exception>
    /// <exception cref="BadHttpRequestException">It is too long.</exception>
    public static async Task<byte[]> Read(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostBytes;
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        return bytes.Length > 0 ? bytes.ToArray() : throw new UsageException("The file is empty.");
    }

    /// <summary>Takes a picture: decodes it within the import's limits and proposes what to take of it.</summary>
    /// <exception cref="UnusablePictureException">It is no picture, damaged, or too large.</exception>
    public OwnPicture Take(byte[] bytes, CutLike like, CancellationToken cancel)
    {
        var view = PictureReader.Decode(bytes, Viewed);
        var (cut, words) = Propose(bytes, like, cancel);
        var header = PictureReader.ReadHeader(bytes);
        var (width, height) = header.IsTurned ? (header.Height, header.Width) : (header.Width, header.Height);
        var shown = Thumbnails.Fitted(view, ViewSide);
        var message = new UploadMessage(Guid.NewGuid().ToString("N"), width, height,
            $"data:image/jpeg;base64,{Convert.ToBase64String(PictureWriter.Jpeg(shown, ViewQuality))}", cut.Box, words);
        var picture = new OwnPicture(bytes, message, cut.Square, like.Aspect);
        lock (_pictures)
        {
            _pictures.Enqueue(picture);
            while (_pictures.Count > Kept)
                _pictures.Dequeue();
        }

        return picture;
    }

    /// <summary>A picture's square: what was proposed, or a box of the person's.</summary>
    /// <exception cref="UsageException">The box lies outside it.</exception>
    /// <exception cref="UnusableInputException">It isn't kept any more.</exception>
    public Picture Square(string id, IReadOnlyList<int>? box, CutLike like)
    {
        OwnPicture? picture;
        lock (_pictures)
            picture = _pictures.FirstOrDefault(p => p.Message.Id == id);
        if (picture is null)
            throw new UnusableInputException("That picture isn't kept any more. Give it again.");
        return box is null && picture.Square.Width == like.Size && picture.Aspect == like.Aspect ? picture.Square
            : new LikePack(workspace).Cut(picture.Bytes, like.Options with { Box = box ?? picture.Message.Box }).Square;
    }

    private (CutPicture Cut, string Words) Propose(byte[] bytes, CutLike like, CancellationToken cancel)
    {
        try
        {
            var cut = new LikePack(workspace).Cut(bytes, like.Options, cancel);
            return (cut, cut.By switch
            {
                CutBy.Face => "The face was found, and is cut as the pack's faces were.",
                CutBy.Centre => "Cut from the middle, as the pack's pictures were.",
                CutBy.CentreForWantOfFace => "No face was found. Move the box to where it is.",
                _ => "Taken whole, as the pack's pictures were.",
            });
        }
        catch (MissingDependencyException error)
        {
            return (new LikePack(workspace).Cut(bytes, like.Options with { Whole = true }, cancel),
                $"Faces can't be looked for, so move the box yourself: {error.Message}");
        }
    }
}
