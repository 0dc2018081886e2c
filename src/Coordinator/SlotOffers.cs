namespace AdvFit.Coordinator;

/// <summary>The slots that were offered to sweeps and not answered yet. Not thread-safe.</summary>
internal sealed class SlotOffers
{
    private readonly Dictionary<(string Sweep, string Node), int> _open = [];
    private readonly Dictionary<string, int> _byNode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _bySweep = new(StringComparer.Ordinal);

    /// <summary>Slots of a node that are offered to somebody.</summary>
    public int OfNode(string node) => _byNode.GetValueOrDefault(node);

    /// <summary>Slots that are offered to a sweep.</summary>
    public int OfSweep(string sweep) => _bySweep.GetValueOrDefault(sweep);

    /// <summary>A slot is offered.</summary>
    public void Add(string sweep, string node) => Change(sweep, node, +1);

    /// <summary>The offer is answered. One that is not known (any more) is no matter.</summary>
    public void Remove(string sweep, string node)
    {
        if (_open.GetValueOrDefault((sweep, node)) > 0)
        {
            Change(sweep, node, -1);
        }
    }

    /// <summary>A sweep's actor is gone, and will answer nothing.</summary>
    public void Forget(string sweep)
    {
        foreach (var ((_, node), count) in _open.Where(open => open.Key.Sweep == sweep).ToList())
        {
            Change(sweep, node, -count);
        }
    }

    private void Change(string sweep, string node, int by)
    {
        _open[(sweep, node)] = _open.GetValueOrDefault((sweep, node)) + by;
        _byNode[node] = _byNode.GetValueOrDefault(node) + by;
        _bySweep[sweep] = _bySweep.GetValueOrDefault(sweep) + by;
    }
}
