using Smirk.Files.Strip;
using static Smirk.Files.Tests.Strip.PlantedBoxes;

namespace Smirk.Files.Tests.Strip;

public sealed class MovieStripperTests
{
    private static readonly byte[] Xmp =
        [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC];

    private static readonly byte[] Places = Box("udta", Box("\u00a9xyz", U16(18), U16(0), "+48.8577+002.295/"u8.ToArray()));

    /// <summary>Every place of a movie that metadata is kept in.</summary>
    public static TheoryData<string, bool, bool> Shapes => new MatrixTheoryData<string, bool, bool>(["isom", "qt  ", "3gp5"], [true, false],
        [true, false]);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Strip_removes_what_is_said_of_a_movie_and_leaves_every_sample(string brand, bool indexFirst, bool longPlaces)
    {
        var movie = new PlantedMovie
        {
            Brand = brand,
            IndexFirst = indexFirst,
            LongPlaces = longPlaces,
            Before = [.. Box("free", Planted.Canary), .. Box("uuid", Xmp, Planted.Canary), .. Box("wide")],
            InMovie = [.. Places, .. Full("meta", 0, 0, Planted.Canary), .. Box("uuid", Xmp, Planted.Canary)],
            After = [.. Box("uuid", new byte[16], Planted.Canary), .. Box("udta", Planted.Canary), 9, 9, 9],
        }.Make();
        var outcome = MetadataStripper.Strip(movie);
        Assert.Equal((StripStatus.Stripped, null), (outcome.Status, outcome.Reason));
        Assert.Equal(brand == "qt  " ? StripFormat.Mov : StripFormat.Mp4, outcome.Format);
        var after = outcome.Bytes.ToArray();
        Assert.False(Planted.HasCanary(after));
        Assert.Equal(-1, after.AsSpan().IndexOf("+48.8577"u8));
        Assert.Equal(-1, after.AsSpan().IndexOf((byte[])[0xB2, 0xD0, 0x5E]));
        Assert.Equal(PlantedMovie.Read(movie), PlantedMovie.Read(after));
        Assert.Equal(["ftyp", .. indexFirst ? new[] { "moov", "mdat" } : ["mdat", "moov"]], Read(after).Select(b => b.Type));
        Assert.Contains("XMP", outcome.Removed.Select(r => r.Name));
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(after).Status);
    }

    [Theory]
    [InlineData("meta", "track of metadata (meta)")]
    [InlineData("camm", "track with motion and places (camm)")]
    [InlineData("tmcd", "track with the time of recording (tmcd)")]
    public void Tracks_of_metadata_go_with_their_samples_and_what_refers_to_them(string kind, string name)
    {
        byte[][] secret = [.. Enumerable.Range(0, 9).Select(_ => Planted.Canary)];
        foreach (var indexFirst in new[] { true, false })
        {
            var movie = new PlantedMovie
            {
                IndexFirst = indexFirst,
                Tracks = [("vide", PlantedMovie.Samples('v', 9)), ("soun", PlantedMovie.Samples('s', 3)), (kind, secret)],
            }.Make();
            var outcome = MetadataStripper.Strip(movie);
            Assert.Null(outcome.Reason);
            var after = outcome.Bytes.ToArray();
            Assert.False(Planted.HasCanary(after));
            Assert.Equal(PlantedMovie.Read(movie)[..2], PlantedMovie.Read(after));
            Assert.Contains(name, outcome.Removed.Select(r => r.Name));
            Assert.DoesNotContain("bytes after the end", outcome.Removed.Select(r => r.Name));
            Assert.Equal(U32(1), Find(after, "moov/trak/tref/cdsc"));
        }
    }

    [Fact]
    public void Tables_that_name_data_of_two_tracks_are_refused()
    {
        var movie = new PlantedMovie { Tracks = [("vide", PlantedMovie.Samples('v', 2)), ("meta", PlantedMovie.Samples('m', 2))] }.Make();
        var places = AllOf(movie, "stco"u8);
        movie.AsSpan(places[0] + 12, 4).CopyTo(movie.AsSpan(places[1] + 12));
        Assert.Contains("overlap", MetadataStripper.Strip(movie).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_outside_of_the_data_are_refused_and_the_file_is_as_it_was()
    {
        var movie = new PlantedMovie().Make();
        var at = AllOf(movie, "stco"u8)[0] + 12;
        foreach (var place in new[] { 0, 8, movie.Length, int.MaxValue })
        {
            var broken = movie.ToArray();
            Planted.BigEndian(place).CopyTo(broken, at);
            var outcome = MetadataStripper.Strip(broken);
            Assert.Equal(StripStatus.Refused, outcome.Status);
            Assert.True(outcome.IsDamaged);
        }
    }

    [Fact]
    public void A_movie_that_is_cut_short_anywhere_is_refused_or_loses_no_sample()
    {
        foreach (var indexFirst in new[] { true, false })
        {
            var movie = new PlantedMovie { IndexFirst = indexFirst, After = Box("free", new byte[20]) }.Make();
            for (var length = 12; length < movie.Length; length++)
            {
                var outcome = MetadataStripper.Strip(movie.AsMemory(0, length));
                if (outcome.Status != StripStatus.Refused)
                    Assert.Equal(PlantedMovie.Read(movie), PlantedMovie.Read(outcome.Bytes.ToArray()));
            }
        }
    }

    [Fact]
    public void A_turned_movie_stays_turned_unless_asked()
    {
        byte[] turned = [.. U32(0), .. U32(0x10000), .. U32(0), .. U32(0xFFFF0000), .. new byte[20], 0x40, 0, 0, 0];
        var movie = new PlantedMovie().Make();
        turned.AsSpan(0, 36).CopyTo(movie.AsSpan(AllOf(movie, "tkhd"u8)[0] + 4 + 40));
        Assert.Equal(turned[..36], Find(MetadataStripper.Strip(movie).Bytes.ToArray(), "moov/trak/tkhd")![40..76]);
        var upright = Find(MetadataStripper.Strip(movie, new StripOptions { DropOrientation = true }).Bytes.ToArray(), "moov/trak/tkhd")!;
        Assert.Equal(U32(0x10000), upright[40..44]);
    }

    [Fact]
    public void Movies_in_fragments_keep_their_fragments()
    {
        var movie = new PlantedMovie { IndexFirst = true, InMovie = Places, Tracks = [("vide", [])] }.Make();
        byte[] Fragment(int at, char letter)
        {
            byte[] Head(long place) => Box("moof", Full("mfhd", 0, 0, U32(1)),
                Box("traf", Full("tfhd", 0, 1, U32(1), U32(0), U32(place)), Full("trun", 0, 0x201, U32(1), U32(0), U32(5))));
            var length = Head(0).Length;
            return [.. Head(at + length + 8), .. Box("mdat", System.Text.Encoding.ASCII.GetBytes(new string(letter, 5)))];
        }

        byte[] with = [.. movie, .. Fragment(movie.Length, 'x'), .. Fragment(movie.Length + Fragment(0, 'x').Length, 'y')];
        var outcome = MetadataStripper.Strip(with);
        Assert.Null(outcome.Reason);
        var after = outcome.Bytes.ToArray();
        Assert.Equal(-1, after.AsSpan().IndexOf("+48.8577"u8));
        var heads = AllOf(after, "tfhd"u8);
        foreach (var (head, letter) in heads.Zip("xy"))
            Assert.Equal((byte)letter, after[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(after.AsSpan(head + 16))]);
        Assert.Equal(2, heads.Count);
    }

    [Fact]
    public void A_listing_tells_where_a_movie_was_taken()
    {
        using var folder = new StripFolder();
        folder.Write("in/a.mp4", new PlantedMovie { InMovie = Places }.Make());
        var carried = StripStage.Run(folder.Options("in") with { Describe = true }).Files.Single().Carried!;
        Assert.Equal((48.8577, 2.295), (carried.Position!.Value.Latitude, carried.Position.Value.Longitude));
    }

    [Fact]
    public void Raw_files_of_cameras_are_refused_by_name()
    {
        Assert.Contains("CR3", MetadataStripper.Strip(new PlantedMovie { Brand = "crx " }.Make()).Reason, StringComparison.Ordinal);
    }

    // Where letters stand.
    private static List<int> AllOf(byte[] bytes, ReadOnlySpan<byte> letters)
    {
        var found = new List<int>();
        for (var at = 0; bytes.AsSpan(at).IndexOf(letters) is >= 0 and var next; at += next + 4)
            found.Add(at + next);
        return found;
    }
}
