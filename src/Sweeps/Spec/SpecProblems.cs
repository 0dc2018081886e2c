using System.Collections.Immutable;
using YamlDotNet.Core;

namespace AdvFit.Sweeps.Spec;

/// <summary>Collects what is wrong with one file, to be reported all at once.</summary>
internal sealed class SpecProblems(string file)
{
    private readonly List<SpecProblem> _found = [];

    public void Add(Mark place, string message) => _found.Add(new SpecProblem(file, place.Line, place.Column, message));

    public void ThrowIfAny()
    {
        if (_found.Count > 0)
        {
            throw new SpecException(
                _found.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column).ToImmutableArray());
        }
    }
}
