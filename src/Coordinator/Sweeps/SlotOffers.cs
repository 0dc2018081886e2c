namespace AdvFit.Coordinator.Sweeps;

/// <summary>Counts the offers of slots that sweeps have not answered yet. Not thread-safe.</summary>
internal sealed class SlotOffers
{
    private readonly Dictionary<(string Sweep, string Node), int> _open = [];
    private readonly Dictionary<string, int> _byNode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _bySweep = new(StringComparer.Ordinal);

    /// <summary>Open offers of a node's slots.</summary>
    public int OfNode(string node) => _byNode.GetValueOrDefault(node);

    /// <summary>Open offers to a sweep.</summary>
    public int OfSweep(string sweep) => _bySweep.GetValueOrDefault(sweep);

    /// <summary>Adds an offer.</summary>
    public void Add(string sweep, string node) => Change(sweep, node, +1);

    /// <summary>Removes an offer that was answered; ignores an unknown one.</summary>
    public void Remove(string sweep, string node)
    {
        if (_open.GetValueOrDefault((sweep, node)) > 0)
        {
            Change(sweep, node, -1);
        }
    }

    /// <summary>Removes all offers to a sweep whose actor is gone.</summary>
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
