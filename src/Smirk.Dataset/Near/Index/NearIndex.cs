using Microsoft.Data.Sqlite;
using Smirk.Dataset.Near.Prepare;
using Smirk.Files.Posix;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near.Index;

/// <summary>What searches of folders keep from run to run, so that only what is new is decoded and compared: what pictures are known by,
/// which of them were searched together, and what came of comparing two.</summary>
internal sealed class NearIndex : IDisposable
{
    // Facts and pictures after which they are written: what is lost when a search is killed is the work of some seconds.
    private const int SaveAfter = 2048;

    private readonly NearIndexPlace _place;
    private readonly NearCare _care;
    private readonly DateTimeOffset _now;
    private readonly IProgress<StageProgress>? _progress;
    private readonly List<(int Place, NearDescriptor Descriptor)> _fresh = [];
    private readonly List<(FileIdentity File, long Content)> _moved = [];
    private readonly HashSet<UInt128> _together = [];
    private IndexDatabase _database;
    private IndexReader _reader;
    private IndexWriter _writer;
    private FileContents? _contents;
    private NearFacts? _facts;
    private string _state;
    private int _asked;
    private bool _isBroken;
    private bool _grew;

    private NearIndex(
        IndexDatabase database, NearIndexPlace place, NearCare care, DateTimeOffset now, IProgress<StageProgress>? progress)
    {
        (_place, _care, _now, _progress) = (place, care, now, progress);
        (_database, _reader, _writer, _state) = (database, new(database, care), new(database, care, now), database.State());
    }

    /// <summary>Opens the index, or says why the search does without one.</summary>
    /// <exception cref="UsageException">The person named a file that is something else.</exception>
    /// <exception cref="UnusableInputException">The person named a file that can't be made or written.</exception>
    public static NearIndex? Open(NearIndexPlace place, NearCare care, TimeProvider time, IProgress<StageProgress>? progress)
    {
        try
        {
            return new NearIndex(IndexDatabase.Open(place, text => Say(progress, text)), place, care, time.GetUtcNow(), progress);
        }
        catch (Exception error) when (IsAboutTheIndex(error))
        {
            if (!place.IsOurs)
                throw new UnusableInputException($"--index {place.Path} can't be used: {error.Message}", error);
            Say(progress, $"searching without an index: {place.Path} can't be used ({error.Message})");
            return null;
        }
    }

    /// <summary>The files whose content the index knows, by place.</summary>
    public Dictionary<int, long> Identify(FileContents contents, int threads, CancellationToken cancel) =>
        Heal(() => _reader.Identify(contents, threads, cancel), () => []);

    /// <summary>What a search has to know before it begins.</summary>
    /// <param name="contents">The pictures of the search.</param>
    /// <param name="rows">What <see cref="Identify"/> said of them.</param>
    public NearMemory Recall(FileContents contents, IReadOnlyDictionary<int, long> rows)
    {
        (_contents, _facts) = (contents, new NearFacts(contents));
        return Heal(() => Read(contents, rows), () => New(_facts = new NearFacts(contents)));
    }

    /// <summary>Writes the rest and forgets what is too old.</summary>
    public void Finish() => Save(() =>
    {
        Write();
        _writer.Tidy(_grew ? _together : null);
    });

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private NearMemory Read(FileContents contents, IReadOnlyDictionary<int, long> rows)
    {
        var known = _reader.Contents(rows.Values);
        var contentOf = rows.Where(r => known.ContainsKey(r.Value)).ToDictionary(r => r.Key, r => known[r.Value]);
        foreach (var (place, content) in contentOf)
        {
            // What was read to be known has another state than the index knows.
            if (contents.Sha256(place) is not null)
                _moved.Add((contents[place].Identity, content.Id));
            contents.Know(place, content.Sha256);
        }

        var look = _reader.LargestLook(contentOf.Values.Select(c => c.Pixels).ToHashSet());
        var digests = contentOf.Values.DistinctBy(c => c.Pixels).ToDictionary(c => c.Pixels, c => c.Descriptor.Pixels);
        foreach (var (row, digest) in digests)
            _writer.Know(digest, row);
        _reader.Facts(digests, _facts!);
        var searched = contentOf.Where(p => look.Contains(p.Value.Pixels)).OrderBy(p => p.Key).ToList();
        var placeOf = new Dictionary<long, int>();
        foreach (var (place, content) in searched)
        {
            placeOf.TryAdd(content.Pixels, place);
            _together.Add(content.Descriptor.Pixels);
        }

        return New(_facts!) with
        {
            Descriptors = searched.ToDictionary(p => p.Key, p => p.Value.Descriptor),
            Whole = () => Whole(known, searched),
            Candidates = _reader.Candidates(look, row => placeOf[row]),
        };
    }

    private Dictionary<int, NearDescriptor> Whole(Dictionary<long, KnownContent> known, List<KeyValuePair<int, KnownContent>> searched)
    {
        _reader.AddKeypoints(known);
        return searched.ToDictionary(p => p.Key, p => known[p.Value.Id].Descriptor);
    }

    private NearMemory New(NearFacts facts) => new()
    {
        Facts = facts,
        Remember = (place, descriptor) => _fresh.Add((place, descriptor)),
        Pause = () =>
        {
            // Only now each of these has been asked what it might be a copy of.
            _asked = _fresh.Count;
            if (_fresh.Count + facts.Unsaved >= SaveAfter)
                Save(Write);
        },
    };

    private void Write()
    {
        foreach (var (file, content) in _moved)
            _writer.File(file, content);
        foreach (var (place, descriptor) in _fresh.Take(_asked))
        {
            if (_contents!.Sha256(place) is not { } sha256)
                continue;
            _writer.File(_contents[place].Identity, _writer.Content(sha256, _contents[place].Identity.Size, descriptor));
            _grew |= _together.Add(descriptor.Pixels);
        }

        if (_facts is not null)
            _writer.Facts(_facts);
        if (_grew && _asked > 0)
            _writer.Look(_together);
        _moved.Clear();
        _fresh.RemoveRange(0, _asked);
        _asked = 0;
    }

    // An index that can't be written costs nobody a search.
    private void Save(Action write)
    {
        if (_isBroken)
            return;
        try
        {
            _database.InTransaction(() =>
            {
                if (_database.State() != _state)
                    throw new IOException("another version of smirk has taken it over meanwhile");
                write();
            });
        }
        catch (Exception error) when (IsAboutTheIndex(error))
        {
            _isBroken = true;
            Say(_progress, $"what this search finds isn't kept: {_place.Path} can't be written ({error.Message})");
        }
    }

    // Pages that turn out to be broken when they are read.
    private T Heal<T>(Func<T> read, Func<T> without)
    {
        try
        {
            return read();
        }
        catch (SqliteException error) when (IndexDatabase.IsDamage(error))
        {
            Say(_progress, $"{_place.Path} is damaged; it is made anew");
            _database.Dispose();
            IndexDatabase.Remove(_place.Path);
            _database = IndexDatabase.Open(_place, text => Say(_progress, text));
            (_reader, _writer, _state) = (new(_database, _care), new(_database, _care, _now), _database.State());
            _moved.Clear();
            _together.Clear();
            return without();
        }
    }

    private static bool IsAboutTheIndex(Exception error) => error is SqliteException or IOException or UnauthorizedAccessException;

    private static void Say(IProgress<StageProgress>? progress, string text) => progress?.Report(new StageSaid(NearFinder.Stage, text));
}
