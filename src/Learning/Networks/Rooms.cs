using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks.Layers;

namespace AdvFit.Learning.Networks;

/// <summary>
/// The memory of one tile: where each value of the graph and its gradient lie. Layers that work in place share the room of
/// their input, and paths that are concatenated write straight into their part of the whole, where nobody else reads them.
/// </summary>
/// <remarks>
/// In the backward pass, the last reader of a value overwrites its gradient, for it comes first. The others write into spare
/// room, which is then added: always in the same order.
/// </remarks>
internal sealed class Rooms
{
    private readonly Network _network;
    private readonly int[] _readers;
    private readonly AlignedBuffer?[] _values, _gradients;
    private readonly List<AlignedBuffer> _spares = [];

    public Rooms(Network network)
    {
        _network = network;
        var count = network.Nodes.Length + 1;
        (_values, _gradients, _readers) = (new AlignedBuffer?[count], new AlignedBuffer?[count], new int[count]);
        foreach (var value in network.Nodes.SelectMany(node => node.Inputs))
        {
            _readers[value]++;
        }

        // Backwards, so that the whole has its room before its parts.
        for (var node = network.Nodes.Length - 1; node >= 0; node--)
        {
            Place(node);
        }

        (_values[0], _gradients[0]) = (NewRoom(0), NewRoom(0));
    }

    /// <summary>Room of each value: of the pixels, then of what each node computes.</summary>
    public AlignedBuffer[] Values => _values!;

    /// <summary>Room of the gradient by each value.</summary>
    public AlignedBuffer[] Gradients => _gradients!;

    /// <summary>What a layer reads and writes.</summary>
    public LayerBuffers BuffersOf(int node)
    {
        var inputs = _network.Nodes[node].Inputs;
        return new LayerBuffers(
            [.. inputs.Select(value => Values[value])],
            Values[node + 1],
            [.. inputs.Select((value, place) => IsLastReader(node, place) ? Gradients[value] : Spare(place, value))],
            Gradients[node + 1],
            new AlignedBuffer(_network.Layers[node].ScratchLength(_network.Workers.Count)),
            _network.Workers);
    }

    /// <summary>The gradients that a node writes into spare room, and to which they are to be added.</summary>
    public (AlignedBuffer Spare, AlignedBuffer Total)[] AddedBy(int node) =>
    [
        .. _network.Nodes[node].Inputs
            .Select((value, place) => (Value: value, Place: place))
            .Where(input => !IsLastReader(node, input.Place))
            .Select(input => (Spare(input.Place, input.Value), Gradients[input.Value])),
    ];

    private void Place(int node)
    {
        var (layer, inputs) = (_network.Nodes[node].Layer, _network.Nodes[node].Inputs);
        _values[node + 1] ??= NewRoom(node + 1);
        _gradients[node + 1] ??= NewRoom(node + 1);
        if (layer.InPlace)
        {
            (_values[inputs[0]], _gradients[inputs[0]]) = (_values[node + 1], _gradients[node + 1]);
        }
        else if (layer is Concatenation)
        {
            var offset = 0;
            foreach (var value in inputs)
            {
                var length = LengthOf(value);
                if (CanShare(value))
                {
                    _values[value] = _values[node + 1]!.Slice(offset, length);
                    _gradients[value] = _gradients[node + 1]!.Slice(offset, length);
                }

                offset += length;
            }
        }
    }

    /// <summary>Pixels are kept, and what others read is not overwritten.</summary>
    private bool CanShare(int value) => value > 0 && _readers[value] == 1;

    /// <summary>Whether no later node, nor a later input of this one, reads the value.</summary>
    private bool IsLastReader(int node, int place)
    {
        var value = _network.Nodes[node].Inputs[place];
        return !_network.Nodes[node].Inputs[(place + 1)..].Contains(value)
            && !_network.Nodes[(node + 1)..].Any(later => later.Inputs.Contains(value));
    }

    private AlignedBuffer Spare(int place, int value)
    {
        var largest = Enumerable.Range(0, _values.Length).Where(other => _readers[other] > 1).Max(LengthOf);
        while (_spares.Count <= place)
        {
            _spares.Add(new AlignedBuffer(largest));
        }

        return _spares[place].Slice(0, LengthOf(value));
    }

    private AlignedBuffer NewRoom(int value) => new(LengthOf(value));

    private int LengthOf(int value) =>
        (value == 0 ? _network.Shape : _network.Nodes[value - 1].Output).Length * Tile.Lanes;
}
