using Smirk.Dataset.Near.Candidates;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Tests.Near;

public class FeatureIndexTests
{
    private const int Pictures = 300;

    private readonly ulong[][] _pictures = [.. Enumerable.Range(0, Pictures).Select(Picture)];

    [Fact]
    public void Pictures_filed_at_once_are_found_like_pictures_filed_in_pieces()
    {
        var (atOnce, pieces) = (new FeatureIndex(), new FeatureIndex());
        atOnce.Add(Pictures, i => _pictures[i], 2);
        foreach (var piece in new[] { 1, 64, 0, 200, 35 })
        {
            var filed = pieces.Count;
            pieces.Add(piece, i => _pictures[filed + i], 1);
        }

        Assert.Equal((Pictures, Pictures), (atOnce.Count, pieces.Count));
        foreach (var query in Enumerable.Range(0, Pictures))
            Assert.Equal(Top(atOnce, Similar(query)), Top(pieces, Similar(query)));
    }

    [Fact]
    public void Vote_names_the_picture_whose_keypoints_are_nearly_those_asked_by()
    {
        var index = new FeatureIndex();
        index.Add(Pictures, i => _pictures[i], 2);

        Assert.All(Enumerable.Range(0, Pictures), i => Assert.Equal(i, Top(index, Similar(i))[0].Id));
    }

    private static (int Id, float Votes)[] Top(FeatureIndex index, ulong[] descriptors)
    {
        var ballot = new Ballot();
        ballot.Clear(index.Count);
        index.Vote(descriptors, ballot);
        return [.. ballot.Top(5, 0)];
    }

    // More keypoints than are filed, now and then fewer.
    private static ulong[] Picture(int seed)
    {
        var random = new Random(seed);
        var words = new ulong[(seed % 10 == 9 ? 40 : FeatureIndex.Filed + 10) * LocalFeatures.Words];
        for (var i = 0; i < words.Length; i++)
            words[i] = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
        return words;
    }

    // A copy's keypoints: a few bits of each word are others.
    private static ulong[] Similar(int seed)
    {
        var random = new Random(~seed);
        return [.. Picture(seed).Select(word => word ^ (1UL << random.Next(64)) ^ (1UL << random.Next(64)))];
    }
}
