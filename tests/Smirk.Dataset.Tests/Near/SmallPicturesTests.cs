using Smirk.Drawing;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;

namespace Smirk.Dataset.Tests.Near;

/// <summary>Small pictures of one hand, of which each has a few strokes that are alike: they stay, and their copies go.</summary>
public sealed class SmallPicturesTests
{
    [Theory]
    [InlineData(DrawStyle.Faces, 0)]
    [InlineData(DrawStyle.Lines, 2)]
    [InlineData(DrawStyle.Rolls, 0)]
    [InlineData(DrawStyle.Glyphs, 0)]
    public void Different_pictures_of_one_style_stay_and_their_copies_go(DrawStyle style, int most)
    {
        const int count = 100;
        using var folder = new TemporaryFolder();
        DrawStage.Run(new DrawOptions { Style = style, Count = count, Size = 96 }, folder.File("pile"));
        var files = new List<byte[]>();
        foreach (var path in Directory.GetFiles(folder.File("pile"), "*.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            try
            {
                files.Add(PictureWriter.Png(PictureReader.Decode(File.ReadAllBytes(path))));
            }
            catch (UnusablePictureException)
            {
                // Some drawn faces' files are broken on purpose.
            }
        }

        files = [.. files.DistinctBy(Convert.ToHexString).Take(count)];
        var copies = files.Take(count / 4).Select((png, i) =>
        {
            var picture = PictureReader.Decode(png);
            return i % 2 == 0 ? PictureWriter.Jpeg(picture, 85)
                : PictureWriter.Png(picture.Resize(picture.Width * 3 / 2, picture.Height * 3 / 2));
        }).ToList();
        var findings = Searched.Find([.. files, .. copies]);
        var dropped = findings.Groups.SelectMany(group => group.Members.Select(member => member.Index)).ToHashSet();

        // Which of a picture and its copy stays is not the point.
        var lost = Enumerable.Range(0, files.Count)
            .Where(i => dropped.Contains(i) && (i >= copies.Count || dropped.Contains(files.Count + i))).ToList();
        Assert.True(lost.Count <= most, $"{string.Join(' ', lost)} were dropped");
        var found = Enumerable.Range(0, copies.Count).Count(i => dropped.Contains(i) || dropped.Contains(files.Count + i));
        Assert.True(found >= 0.9 * copies.Count, $"{found} of {copies.Count} copies found");
    }
}
