using System.Text;
using System.Text.Json;
using Smirk.Collect.Posts;
using Smirk.Collect.Tests.Played;

namespace Smirk.Collect.Tests.Posts;

public sealed class PostReaderTests
{
    [Fact]
    public void Listing_pages_and_ndjson_hold_the_same_posts()
    {
        var lines = PostFile.Read(RecordedReddit.NdjsonPath).ToDictionary(p => p.Id);
        var pages = PostFile.FilesOf(TestData.Require("reddit")).Where(f => f.EndsWith(".json")).SelectMany(f => PostFile.Read(f)).ToList();
        Assert.Equal(315, lines.Count);
        Assert.Equal(315, pages.Count);
        Assert.All(pages, page => Assert.Equivalent(lines[page.Id], page, strict: true));
    }

    [Fact]
    public void Recorded_posts_tell_galleries_crossposts_removals_and_previews()
    {
        var posts = PostFile.Read(RecordedReddit.NdjsonPath).ToList();
        Assert.Equal(34, posts.Count(p => p.Gallery.Count > 0));
        Assert.Equal(11, posts.Count(p => p.SharedFrom is not null));
        Assert.Equal(40, posts.Count(p => p.Removed is not null));
        Assert.Equal(3, posts.Count(p => p.IsVideo));
        var gallery = posts.Single(p => p.Id == "hux6du").Gallery;
        Assert.Equal(["8pnwbvvts3c51", "9rc0ujxts3c51", "ksloqwyts3c51", "5zg3vwzts3c51"], gallery.Select(g => g.Id));
        Assert.Equal("https://i.redd.it/ksloqwyts3c51.gif", gallery[2].Preview);
    }

    [Theory]
    [InlineData("""{"id":"a1b","removed_by_category":"moderator"}""", "removed by moderator")]
    [InlineData("""{"id":"a1b","removed_by_category":"deleted"}""", "deleted by its author")]
    [InlineData("""{"id":"a1b","_meta":{"removal_type":"removed by reddit"}}""", "removed (removed by reddit)")]
    [InlineData("""{"id":"a1b","_meta":{"was_deleted_later":true}}""", "deleted by its author")]
    [InlineData("""{"id":"a1b","title":"[deleted by user]"}""", "deleted by its author")]
    [InlineData("""{"id":"a1b","selftext":"[removed]"}""", "removed")]
    [InlineData("""{"id":"a1b","author":"[deleted]"}""", null)]
    public void Removed_posts_are_told_by_each_of_their_signs(string json, string? reason) => Assert.Equal(reason, Read(json)!.Removed);

    [Fact]
    public void Escapes_of_listings_are_undone_once()
    {
        var post = Read("""{"id":"a1b","title":"a &amp;lt; b &gt; c","url":"https://e.com/?a=1&amp;b=2"}""")!;
        Assert.Equal("a &lt; b > c", post.Title);
        Assert.Equal("https://e.com/?a=1&b=2", post.Address);
    }

    [Theory]
    [InlineData("""{"title":"no id"}""")]
    [InlineData("""{"id":"../../etc/passwd"}""")]
    [InlineData("""{"id":17}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public void What_has_no_usable_id_is_no_post(string json) => Assert.Null(Read(json));

    [Fact]
    public void Fields_of_wrong_types_count_as_absent()
    {
        var post = Read("""
            {"id":"a1b","title":5,"score":"12","created_utc":"1500000000","over_18":"true","preview":[],"media_metadata":[],
             "gallery_data":7,"crosspost_parent_list":{}}
            """)!;
        Assert.Equal(("", 12L, 1500000000L, false), (post.Title, post.Score, post.Created.ToUnixTimeSeconds(), post.Over18));
        Assert.Empty(post.Gallery);
    }

    [Fact]
    public void A_title_of_two_billion_letters_costs_neither_memory_nor_the_next_post()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = new List<string>();
        using var endless = new LongTitle(1L << 31);
        var posts = PostFile.Read(endless, "posts.ndjson", (subject, reason) => refused.Add($"{subject} {reason}")).ToList();
        Assert.Equal(["first", "last"], posts.Select(p => p.Id));
        Assert.Equal("posts.ndjson:2 line over 16 MB", Assert.Single(refused));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 150 << 20);
    }

    [Fact]
    public void Long_titles_are_cut_between_letters()
    {
        var post = Read($$"""{"id":"a1b","title":"{{string.Concat(Enumerable.Repeat("\U0001F600", 200))}}"}""")!;
        Assert.Equal(300, post.Title.Length);
        Assert.True(char.IsLowSurrogate(post.Title[^1]));
    }

    private static Post? Read(string json) => PostReader.Read(JsonDocument.Parse(json).RootElement);

    /// <summary>Three lines, the second of which has a title that long.</summary>
    private sealed class LongTitle(long length) : Stream
    {
        private readonly byte[] _head = Encoding.UTF8.GetBytes("{\"id\":\"first\"}\n{\"id\":\"second\",\"title\":\"");
        private readonly byte[] _tail = Encoding.UTF8.GetBytes("\"}\n{\"id\":\"last\"}\n");
        private long _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _at; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var into = buffer.AsSpan(offset, count);
            if (_at < _head.Length)
                return Copy(_head.AsSpan((int)_at), into);
            var left = _head.Length + length - _at;
            if (left <= 0)
                return Copy(_tail.AsSpan((int)-left), into);
            var some = (int)Math.Min(left, count);
            into[..some].Fill((byte)'a');
            _at += some;
            return some;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Copy(ReadOnlySpan<byte> from, Span<byte> into)
        {
            var count = Math.Min(from.Length, into.Length);
            from[..count].CopyTo(into);
            _at += count;
            return count;
        }
    }
}
