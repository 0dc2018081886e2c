using AdvFit.Learning.Kernels;
using AdvFit.Messages;

namespace AdvFit.Learning.Training.Optimizers;

/// <summary>The learning rate of each epoch.</summary>
public static class LearningRates
{
    /// <summary>The rate of an epoch, as PyTorch's StepLR and CosineAnnealingLR (Loshchilov and Hutter 2017, without restarts) have it.</summary>
    /// <param name="epoch">From 1.</param>
    public static double Of(TrainingSpec training, int epoch)
    {
        var done = epoch - 1;
        return training.LearningRate * training.Schedule switch
        {
            RateSchedule.Step => Power(training.StepFactor, done / training.StepEpochs),
            RateSchedule.Cosine => (1 + PortableMath.CosineOfPi((double)done / training.Epochs)) / 2,
            _ => 1,
        };
    }

    private static double Power(double factor, int exponent)
    {
        var product = 1.0;
        for (var i = 0; i < exponent; i++)
        {
            product *= factor;
        }

        return product;
    }
}
