namespace AdvFit.Learning.Attacks.CarliniWagner;

/// <summary>
/// The search of each lane for the smallest constant c that still finds an adversarial example: times ten until one does,
/// then bisection. Carlini and Wagner (2017), section VI.A, as in the authors' l2_attack.py.
/// </summary>
internal sealed class ConstantSearch(int lanes, double initial, int steps)
{
    /// <summary>From so many steps on, the last one repeats the smallest constant that succeeded.</summary>
    private const int StepsWithRepeat = 10;
    private const double Unbounded = 1e10;

    private readonly double[] _constants = new double[lanes];
    private readonly double[] _lower = new double[lanes];
    private readonly double[] _upper = new double[lanes];
    private readonly int[] _step = new int[lanes];

    /// <summary>The constant that a lane tries now.</summary>
    public double Constant(int lane) => _constants[lane];

    /// <summary>Starts the search of a lane.</summary>
    public void Start(int lane) => (_constants[lane], _lower[lane], _upper[lane], _step[lane]) =
        (initial, 0, Unbounded, 0);

    /// <summary>Takes note of what the constant achieved, and chooses the next one.</summary>
    /// <returns>Whether there is a next step.</returns>
    public bool Next(int lane, bool found)
    {
        var constant = _constants[lane];
        if (found)
        {
            _upper[lane] = Math.Min(_upper[lane], constant);
        }
        else
        {
            _lower[lane] = Math.Max(_lower[lane], constant);
        }

        var isBounded = _upper[lane] < Unbounded;
        _step[lane]++;
        _constants[lane] = _step[lane] == steps - 1 && steps >= StepsWithRepeat ? _upper[lane]
            : isBounded ? (_lower[lane] + _upper[lane]) / 2
            : constant * 10;
        return _step[lane] < steps;
    }
}
