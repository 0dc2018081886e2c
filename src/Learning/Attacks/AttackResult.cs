namespace AdvFit.Learning.Attacks;

/// <summary>What an attack made of N images. All arrays are parallel.</summary>
/// <param name="Adversarial">Pixels in [0, 1], [image][channel][row][column].</param>
/// <param name="Success">Whether a fresh forward pass of the adversarial pixels predicts another class than the label.</param>
/// <param name="Predicted">The class that this pass predicts.</param>
/// <param name="L2">Euclidean norm of adversarial minus original pixels.</param>
/// <param name="Linf">Largest absolute difference of a pixel.</param>
/// <param name="Queries">Forward passes of the image used, the verifying one not counted.</param>
/// <param name="Gradients">Backward passes of the image used.</param>
public sealed record AttackResult(
    float[] Adversarial, bool[] Success, byte[] Predicted, double[] L2, double[] Linf, int[] Queries, int[] Gradients);
