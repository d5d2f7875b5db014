using Smirk.Dataset.Memory;
using Smirk.Dataset.Near.Index;
using Smirk.Dataset.Near.Prepare;
using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Imaging.Reading;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Near.Decisions;

/// <summary>Names a picture by what is in it.</summary>
public static class PictureName
{
    /// <summary>Reads and decodes the picture at <paramref name="path"/>.</summary>
    /// <exception cref="UsageException">There is no such file, or it is a folder.</exception>
    /// <exception cref="UnusableInputException">It can't be read or decoded.</exception>
    public static NamedPicture Of(RawPath path)
    {
        var walk = FileWalk.Run(new WalkOptions { Paths = [path], Recurse = false, Links = LinkRule.FollowFiles });
        if (walk.Refused.Count > 0)
            throw new UnusableInputException($"{path} {walk.Refused[0].Reason}.");
        if (walk.Files.Count != 1 || !walk.Files[0].Path.Equals(path))
            throw new UsageException($"{path} is no file. Decide about pictures one by one, such as: a.png b.png not-duplicate");
        try
        {
            var bytes = FileContent.Read(walk.Files[0]);
            var picture = PreparedPicture.Decode(bytes, new MemoryBudget(), out var digest);
            return new NamedPicture(path.ToText(), FileContents.Of(bytes), HeardDecisions.PixelsOf(NearDescriptor.Of(picture, digest)));
        }
        catch (Exception error) when (error is IOException or UnusablePictureException)
        {
            throw new UnusableInputException($"{path}: {error.Message}", error);
        }
    }
}
