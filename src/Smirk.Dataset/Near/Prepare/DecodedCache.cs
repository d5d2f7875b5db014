using Smirk.Imaging.Reading;

namespace Smirk.Dataset.Near.Prepare;

/// <summary>Decoded pictures, the last used ones kept, the others decoded again when they are asked for. Safe for all cores.</summary>
/// <param name="decode">Decodes the picture of a number.</param>
/// <param name="size">Bytes that a decoded picture takes.</param>
/// <param name="budget">Bytes that may be kept.</param>
internal sealed class DecodedCache<T>(Func<int, T> decode, Func<T, long> size, long budget)
{
    private readonly Dictionary<int, LinkedListNode<(int Id, T Picture, long Bytes)>> _byId = [];
    private readonly LinkedList<(int Id, T Picture, long Bytes)> _byUse = [];
    private readonly Lock _gate = new();
    private long _used;

    /// <summary>Keeps a picture that was just made ready.</summary>
    public void Put(int id, T picture)
    {
        var bytes = size(picture);
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
    public T Get(int id)
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

        var picture = decode(id);
        Put(id, picture);
        return picture;
    }
}
