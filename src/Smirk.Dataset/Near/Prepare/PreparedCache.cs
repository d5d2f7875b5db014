using Smirk.Dataset.Memory;
using Smirk.Imaging.Reading;

namespace Smirk.Dataset.Near.Prepare;

/// <summary>Pictures made ready, the last used ones kept, the others decoded again when they are asked for. Safe for all cores.</summary>
/// <param name="inputs">The pictures by number.</param>
/// <param name="budget">Bytes that may be kept.</param>
/// <param name="memory">What decoding takes its memory from.</param>
internal sealed class PreparedCache(IReadOnlyList<NearInput> inputs, long budget, MemoryBudget memory)
{
    private readonly Dictionary<int, LinkedListNode<(int Id, PreparedPicture Picture, long Bytes)>> _byId = [];
    private readonly LinkedList<(int Id, PreparedPicture Picture, long Bytes)> _byUse = [];
    private readonly Lock _gate = new();
    private long _used;

    /// <summary>Keeps a picture that was just made ready.</summary>
    public void Put(int id, PreparedPicture picture)
    {
        var bytes = picture.Bytes;
        lock (_gate)
        {
            if (_byId.ContainsKey(id))
                return;
            _byId[id] = _byUse.AddFirst((id, picture, bytes));
            _used += bytes;
            while (_used > budget && _byUse.Last is { } last && last.Value.Id != id)
            {
                _byUse.RemoveLast();
                _byId.Remove(last.Value.Id);
                _used -= last.Value.Bytes;
            }
        }
    }

    /// <summary>The picture, decoded now if need be.</summary>
    /// <exception cref="UnusablePictureException">It can't be decoded any more.</exception>
    public PreparedPicture Get(int id)
    {
        lock (_gate)
        {
            if (_byId.TryGetValue(id, out var node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return node.Value.Picture;
            }
        }

        var picture = PreparedPicture.Decode(inputs[id].Read(), memory);
        Put(id, picture);
        return picture;
    }
}
