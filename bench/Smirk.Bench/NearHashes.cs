using Smirk.Dataset.Near.Hashes;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Vision;

namespace Smirk.Bench;

/// <summary>Prints path, PDQ and dHash of every picture below a folder: what global hashes alone can do is worked out from these
/// (bench/near).</summary>
internal static class NearHashes
{
    public static int Run(string[] args)
    {
        foreach (var path in Directory.EnumerateFiles(args[0], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            try
            {
                var picture = PictureReader.DecodeFile(path);
                var pdq = PdqHasher.Hash(LuminancePlane.FromRgb(picture.Width, picture.Height, picture.Pixels)).Hash;
                var difference = DifferenceHash.Hash(GreyPicture.FromRgb(picture.Width, picture.Height, picture.Pixels));
                Console.WriteLine($"{Path.GetRelativePath(args[0], path)}\t{pdq}\t{difference:x16}");
            }
            catch (UnusablePictureException)
            {
                // Junk has no hash.
            }
        }

        return 0;
    }
}
