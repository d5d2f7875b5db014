namespace Smirk.Dataset.Near.Candidates;

/// <summary>Counts which pictures share keypoints with one picture. A thread's own; used again for the next picture.</summary>
internal sealed class Ballot
{
    private readonly List<int> _marked = [];
    private readonly List<int> _touched = [];
    private float[] _votes = [];
    private int[] _lastKeypoint = [];
    private int _keypoint;

    /// <summary>Empties it, for <paramref name="pictures"/> pictures.</summary>
    public void Clear(int pictures)
    {
        foreach (var id in _touched)
            _votes[id] = 0;
        _touched.Clear();
        if (_votes.Length < pictures)
        {
            Array.Resize(ref _votes, pictures + (pictures / 2));
            Array.Resize(ref _lastKeypoint, _votes.Length);
        }
    }

    /// <summary>The next keypoint's votes follow.</summary>
    public void BeginKeypoint()
    {
        _keypoint++;
        _marked.Clear();
    }

    /// <summary>A picture has this keypoint; more than once counts once.</summary>
    public void Mark(int picture)
    {
        if (_lastKeypoint[picture] == _keypoint)
            return;
        _lastKeypoint[picture] = _keypoint;
        _marked.Add(picture);
    }

    /// <summary>Shares the keypoint's vote out: a keypoint that hundreds have, such as a letter of a caption, says little.</summary>
    public void EndKeypoint()
    {
        var vote = 1 / MathF.Sqrt(_marked.Count);
        foreach (var picture in _marked)
        {
            if (_votes[picture] == 0)
                _touched.Add(picture);
            _votes[picture] += vote;
        }
    }

    /// <summary>The pictures with the most votes, at most <paramref name="most"/>, each with at least <paramref name="least"/>
    /// votes.</summary>
    public IEnumerable<(int Picture, float Votes)> Top(int most, float least)
    {
        // A heap of the best so far: sorting all that share something would cost more than the votes.
        var best = new PriorityQueue<int, (float Votes, int Last)>(most + 1);
        foreach (var id in _touched)
        {
            if (_votes[id] < least)
                continue;
            best.Enqueue(id, (_votes[id], -id));
            if (best.Count > most)
                best.Dequeue();
        }

        return best.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => (item.Element, item.Priority.Votes));
    }
}
