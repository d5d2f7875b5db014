using System.Collections.Concurrent;
using Smirk.Dataset.Near.Prepare;
using Smirk.Imaging.Reading;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Near;

/// <summary>The inputs of one search, numbered in their order: those with the same pixels share a number, unless a person said that they
/// are no duplicates.</summary>
/// <param name="inputs">What is searched.</param>
/// <param name="memory">What a person said.</param>
/// <param name="cancel">Stops it.</param>
internal sealed class NumberedInputs(IReadOnlyList<NearInput> inputs, NearMemory memory, CancellationToken cancel)
{
    private readonly ConcurrentDictionary<int, string> _refused = new();
    private readonly Dictionary<UInt128, int> _numberByPixels = [];
    private readonly List<List<int>> _inputsOf = [];
    private readonly List<NearDescriptor> _descriptors = [];
    private readonly Dictionary<int, int> _numberOf = [];
    private readonly List<int> _withoutFeatures = [];

    /// <summary>The inputs themselves.</summary>
    public IReadOnlyList<NearInput> Inputs => inputs;

    /// <summary>How many numbers there are.</summary>
    public int Count => _inputsOf.Count;

    /// <summary>Inputs that can't be looked at, with the reason.</summary>
    public IReadOnlyDictionary<int, string> Refused => _refused;

    /// <summary>Inputs with too little in them to be known again.</summary>
    public IReadOnlyList<int> WithoutFeatures => [.. _withoutFeatures.Where(input => !_refused.ContainsKey(input))];

    /// <summary>The inputs that share a number.</summary>
    public IReadOnlyList<int> this[int number] => _inputsOf[number];

    /// <summary>The number of an input that was filed.</summary>
    public int NumberOf(int input) => _numberOf[input];

    /// <summary>What the search knows of a number.</summary>
    public NearDescriptor DescriptorOf(int number) => _descriptors[number];

    /// <summary>Gives an input its number; null when it shares an earlier one.</summary>
    public int? File(int input, NearDescriptor descriptor)
    {
        if (_numberByPixels.TryGetValue(descriptor.Pixels, out var known) && !_inputsOf[known].Exists(twin => memory.AreApart(twin, input)))
        {
            _inputsOf[known].Add(input);
            _numberOf[input] = known;
            return null;
        }

        var number = _numberOf[input] = _inputsOf.Count;
        _numberByPixels.TryAdd(descriptor.Pixels, number);
        _inputsOf.Add([input]);
        _descriptors.Add(descriptor);
        if (descriptor.HasNoFeatures)
            _withoutFeatures.Add(input);
        return number;
    }

    /// <summary>Leaves an input out from now on.</summary>
    public void Refuse(int input, string reason) => _refused[input] = reason;

    /// <summary>Whether none of the inputs of a number can be read any more.</summary>
    public bool IsLost(int number) => _inputsOf[number].TrueForAll(_refused.ContainsKey);

    /// <summary>What <paramref name="use"/> makes of an input with that number. What is gone or has changed since it was first read is
    /// refused by name; a file with the same pixels stands in for it. Null when none is left.</summary>
    public T? OfAny<T>(int number, Func<int, T> use)
        where T : class
    {
        cancel.ThrowIfCancellationRequested();
        foreach (var input in _inputsOf[number].Where(input => !_refused.ContainsKey(input)))
        {
            try
            {
                return use(input);
            }
            catch (Exception error) when (IsAboutOneFile(error))
            {
                _refused[input] = error.Message;
            }
        }

        return null;
    }

    /// <summary>Reads a file of that number; null when none can be read.</summary>
    public byte[]? ReadAny(int number) => OfAny(number, input => inputs[input].Read());

    /// <summary>Takes refused inputs out of their numbers; the numbers of which none is left.</summary>
    public HashSet<int> ForgetRefused()
    {
        foreach (var shared in _inputsOf)
            shared.RemoveAll(_refused.ContainsKey);
        return [.. Enumerable.Range(0, _inputsOf.Count).Where(number => _inputsOf[number].Count == 0)];
    }

    /// <summary>Whether an error is about the file that is read, not about the search.</summary>
    public static bool IsAboutOneFile(Exception error) =>
        error is UnusablePictureException or UnusableInputException or IOException or UnauthorizedAccessException;
}
